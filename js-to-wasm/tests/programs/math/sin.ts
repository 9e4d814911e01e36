// Math.sin
function handler(): Response {
  const lines = [
    JSON.stringify(Math.sin(0)),
    JSON.stringify(Math.sin(0.5).toFixed(10)),
    JSON.stringify(Math.sin(-0.25).toFixed(10)),
    JSON.stringify(Math.sin(1).toFixed(10)),
    `${Math.sin(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
