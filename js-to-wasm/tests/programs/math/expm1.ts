// Math.expm1
function handler(): Response {
  const lines = [
    JSON.stringify(Math.expm1(0)),
    JSON.stringify(Math.expm1(0.5).toFixed(10)),
    JSON.stringify(Math.expm1(-0.25).toFixed(10)),
    JSON.stringify(Math.expm1(1).toFixed(10)),
    `${Math.expm1(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
