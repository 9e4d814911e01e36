// JSON.stringify: indentation
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.stringify({ a: [1, { b: 2 }], c: [], d: {} }, undefined, 2)),
    JSON.stringify(JSON.stringify([1], undefined, "\t")),
    JSON.stringify(JSON.stringify({ a: 1 }, undefined, 0)),
    JSON.stringify(JSON.stringify([], undefined, 4)),
  ];
  return Response.text(lines.join("\n"));
}
