// Math.tan
function handler(): Response {
  const lines = [
    JSON.stringify(Math.tan(0)),
    JSON.stringify(Math.tan(0.5).toFixed(10)),
    JSON.stringify(Math.tan(-0.25).toFixed(10)),
    JSON.stringify(Math.tan(1).toFixed(10)),
    `${Math.tan(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
