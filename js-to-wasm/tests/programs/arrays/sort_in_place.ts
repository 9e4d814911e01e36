// Array: sort_in_place
function handler(): Response {
  const a = [2, 1];
  const b = a.sort();
  const lines = [
    JSON.stringify(b === a),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
