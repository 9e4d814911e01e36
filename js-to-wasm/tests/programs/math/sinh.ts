// Math.sinh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.sinh(0)),
    JSON.stringify(Math.sinh(0.5).toFixed(10)),
    JSON.stringify(Math.sinh(-0.25).toFixed(10)),
    JSON.stringify(Math.sinh(1).toFixed(10)),
    `${Math.sinh(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
