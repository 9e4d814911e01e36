// Math.log1p
function handler(): Response {
  const lines = [
    JSON.stringify(Math.log1p(0)),
    JSON.stringify(Math.log1p(0.5).toFixed(10)),
    JSON.stringify(Math.log1p(-0.25).toFixed(10)),
    JSON.stringify(Math.log1p(1).toFixed(10)),
    `${Math.log1p(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
