// Shorthand fields
function handler(): Response {
  const a = 1;
  const b = "x";
  const lines = [
    JSON.stringify({ a, b }),
    JSON.stringify({ a, b: a }),
  ];
  return Response.text(lines.join("\n"));
}
