// Array: to_sorted
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.toSorted()),
    JSON.stringify(a),
    JSON.stringify(a.toSorted((x, y) => y - x)),
  ];
  return Response.text(lines.join("\n"));
}
