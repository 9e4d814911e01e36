// performance.now does not fall
function handler(): Response {
  const a = performance.now();
  const b = performance.now();
  const lines = [
    JSON.stringify(typeof a),
    JSON.stringify(b >= a),
  ];
  return Response.text(lines.join("\n"));
}
