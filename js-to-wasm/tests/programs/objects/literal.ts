// Object literals
function handler(): Response {
  const lines = [
    JSON.stringify({}),
    JSON.stringify({ a: 1, "b-c": 2, 3: "d" }),
    JSON.stringify({ a: { b: { c: [] } } }),
  ];
  return Response.text(lines.join("\n"));
}
