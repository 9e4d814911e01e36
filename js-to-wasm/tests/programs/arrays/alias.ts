// Array: alias
function handler(): Response {
  const a = [1];
  const b = a;
  b.push(2);
  const lines = [
    JSON.stringify(a),
    JSON.stringify(b),
    JSON.stringify(a === b),
    JSON.stringify([1] === [1]),
  ];
  return Response.text(lines.join("\n"));
}
