// Math.acosh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.acosh(1)),
    JSON.stringify(Math.acosh(2).toFixed(10)),
    JSON.stringify(Math.acosh(10).toFixed(10)),
    JSON.stringify(Math.acosh(1.5).toFixed(10)),
    `${Math.acosh(-1)}`,
  ];
  return Response.text(lines.join("\n"));
}
