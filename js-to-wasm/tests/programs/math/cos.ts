// Math.cos
function handler(): Response {
  const lines = [
    JSON.stringify(Math.cos(0)),
    JSON.stringify(Math.cos(0.5).toFixed(10)),
    JSON.stringify(Math.cos(-0.25).toFixed(10)),
    JSON.stringify(Math.cos(1).toFixed(10)),
    `${Math.cos(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
