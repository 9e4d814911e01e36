// Math.asinh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.asinh(0)),
    JSON.stringify(Math.asinh(0.5).toFixed(10)),
    JSON.stringify(Math.asinh(-0.25).toFixed(10)),
    JSON.stringify(Math.asinh(1).toFixed(10)),
    `${Math.asinh(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
