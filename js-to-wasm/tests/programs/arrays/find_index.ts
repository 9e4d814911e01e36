// Array: find_index
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.findIndex((x) => x < 3)),
    JSON.stringify(a.findIndex((x) => x > 9)),
  ];
  return Response.text(lines.join("\n"));
}
