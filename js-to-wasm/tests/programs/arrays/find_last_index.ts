// Array: find_last_index
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.findLastIndex((x) => x > 1)),
    JSON.stringify(a.findLastIndex((x) => x > 9)),
  ];
  return Response.text(lines.join("\n"));
}
