// Math.cosh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.cosh(0)),
    JSON.stringify(Math.cosh(0.5).toFixed(10)),
    JSON.stringify(Math.cosh(-0.25).toFixed(10)),
    JSON.stringify(Math.cosh(1).toFixed(10)),
    `${Math.cosh(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
