// Array: index_write
function handler(): Response {
  const a = [3, 1, 2];
  a[0] = 9;
  a[3] = 8;
  const lines = [
    JSON.stringify(a),
    JSON.stringify(a.length),
  ];
  return Response.text(lines.join("\n"));
}
