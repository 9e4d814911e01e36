// Math.atan
function handler(): Response {
  const lines = [
    JSON.stringify(Math.atan(0)),
    JSON.stringify(Math.atan(0.5).toFixed(10)),
    JSON.stringify(Math.atan(-0.25).toFixed(10)),
    JSON.stringify(Math.atan(1).toFixed(10)),
    `${Math.atan(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
