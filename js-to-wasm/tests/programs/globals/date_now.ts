// Date.now is a number that does not fall
function handler(): Response {
  const a = Date.now();
  const b = Date.now();
  const lines = [
    JSON.stringify(typeof a),
    JSON.stringify(b >= a),
    JSON.stringify(Number.isInteger(a)),
    JSON.stringify(a > 1500000000000),
  ];
  return Response.text(lines.join("\n"));
}
