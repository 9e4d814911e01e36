// Array: with
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.with(1, 9)),
    JSON.stringify(a.with(-1, 7)),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
