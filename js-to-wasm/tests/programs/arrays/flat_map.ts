// Array: flat_map
function handler(): Response {
  const lines = [
    JSON.stringify([1, 2].flatMap((x) => [x, x * 10])),
    JSON.stringify(["a b", "c"].flatMap((s) => s.split(" "))),
    JSON.stringify([1, 2, 3].flatMap((x) => x > 1 ? [x] : [])),
  ];
  return Response.text(lines.join("\n"));
}
