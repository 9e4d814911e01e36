// Array: unshift
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.unshift(0)),
    JSON.stringify(a.unshift(8, 9)),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
