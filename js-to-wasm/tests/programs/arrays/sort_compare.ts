// Array: sort_compare
function handler(): Response {
  const lines = [
    JSON.stringify([10, 9, 1, 100].sort((x, y) => x - y)),
    JSON.stringify([10, 9, 1].sort((x, y) => y - x)),
    JSON.stringify(["bb", "a", "ccc"].sort((x, y) => x.length - y.length)),
  ];
  return Response.text(lines.join("\n"));
}
