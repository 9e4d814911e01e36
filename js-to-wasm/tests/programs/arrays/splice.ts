// Array: splice
function handler(): Response {
  const a = [1, 2, 3, 4, 5];
  const lines = [
    JSON.stringify(a.splice(1, 2)),
    JSON.stringify(a),
    JSON.stringify(a.splice(1, 0, 9, 8)),
    JSON.stringify(a),
    JSON.stringify(a.splice(-1)),
    JSON.stringify(a),
    JSON.stringify(a.splice(0, 1, 7)),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
