// Array: to_reversed
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.toReversed()),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
