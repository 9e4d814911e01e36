// Math.sqrt
function handler(): Response {
  const lines = [
    JSON.stringify(Math.sqrt(16)),
    JSON.stringify(Math.sqrt(2)),
    `${Math.sqrt(-1)}`,
    JSON.stringify(Object.is(Math.sqrt(-0), -0)),
  ];
  return Response.text(lines.join("\n"));
}
