// Array: reverse
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.reverse()),
    JSON.stringify(a),
    JSON.stringify([].reverse()),
    JSON.stringify([1].reverse()),
  ];
  return Response.text(lines.join("\n"));
}
