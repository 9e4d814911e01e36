// Array: callback_with_index
function handler(): Response {
  const lines = [
    JSON.stringify(["a", "b"].map((s, i, all) => `${s}${i}${all.length}`)),
    JSON.stringify([5, 6].filter((_, i) => i > 0)),
    JSON.stringify([1, 2].some((x, i) => x === i)),
  ];
  return Response.text(lines.join("\n"));
}
