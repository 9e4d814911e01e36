// Math.asin
function handler(): Response {
  const lines = [
    JSON.stringify(Math.asin(0)),
    JSON.stringify(Math.asin(0.5).toFixed(10)),
    JSON.stringify(Math.asin(-0.25).toFixed(10)),
    JSON.stringify(Math.asin(1).toFixed(10)),
    `${Math.asin(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
