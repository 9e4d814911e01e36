// Math.exp
function handler(): Response {
  const lines = [
    JSON.stringify(Math.exp(0)),
    JSON.stringify(Math.exp(0.5).toFixed(10)),
    JSON.stringify(Math.exp(-0.25).toFixed(10)),
    JSON.stringify(Math.exp(1).toFixed(10)),
    `${Math.exp(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
