// Array: to_spliced
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.toSpliced(1, 1)),
    JSON.stringify(a.toSpliced(0, 0, 9)),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
