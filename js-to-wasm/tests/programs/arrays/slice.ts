// Array: slice
function handler(): Response {
  const a = [1, 2, 3, 4];
  const lines = [
    JSON.stringify(a.slice(1, 3)),
    JSON.stringify(a.slice(-2)),
    JSON.stringify(a.slice()),
    JSON.stringify(a.slice(2, 1)),
    JSON.stringify(a.slice(0, 99)),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
