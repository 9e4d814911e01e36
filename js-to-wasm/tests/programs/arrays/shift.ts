// Array: shift
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a.shift()}`,
    JSON.stringify(a),
    `${a.shift()}`,
    `${a.shift()}`,
    `${a.shift()}`,
  ];
  return Response.text(lines.join("\n"));
}
