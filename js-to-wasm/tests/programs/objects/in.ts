// The `in` operator
function handler(): Response {
  const o = { a: 1, b: undefined };
  const lines = [
    JSON.stringify("a" in o),
    JSON.stringify("b" in o),
    JSON.stringify("c" in o),
    JSON.stringify(1 in [5, 6]),
    JSON.stringify(2 in [5, 6]),
  ];
  return Response.text(lines.join("\n"));
}
