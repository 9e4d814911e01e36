// Array: concat
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.concat([4])),
    JSON.stringify(a.concat([4], [5, 6])),
    JSON.stringify(a.concat(7)),
    JSON.stringify(a.concat()),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
