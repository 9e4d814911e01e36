// Array: pop
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a.pop()}`,
    JSON.stringify(a),
    `${a.pop()}`,
    `${a.pop()}`,
    `${a.pop()}`,
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
