// An object without some fields
function handler(): Response {
  const { a, "b-c": _, ...rest } = { a: 1, "b-c": 2, d: 3, e: 4 };
  const lines = [
    JSON.stringify(rest),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
