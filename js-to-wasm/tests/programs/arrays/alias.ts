// Array: alias
function handler(): Response {
  const a = [1];
  const b = a;
  const c = [1, 2];
  b.push(2);
  const lines = [
    JSON.stringify(a),
    JSON.stringify(b),
    JSON.stringify(a === b),
    JSON.stringify(a === c),
  ];
  return Response.text(lines.join("\n"));
}
