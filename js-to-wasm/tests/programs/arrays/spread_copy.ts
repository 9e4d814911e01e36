// Array: spread_copy
function handler(): Response {
  const a = [1];
  const b = [...a];
  b.push(2);
  const lines = [
    JSON.stringify(a),
    JSON.stringify(b),
  ];
  return Response.text(lines.join("\n"));
}
