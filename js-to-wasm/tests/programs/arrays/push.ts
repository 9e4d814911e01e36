// Array: push
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.push(4)),
    JSON.stringify(a.push(5, 6)),
    JSON.stringify(a),
    JSON.stringify(a.length),
  ];
  return Response.text(lines.join("\n"));
}
