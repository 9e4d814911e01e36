// Math.tanh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.tanh(0)),
    JSON.stringify(Math.tanh(0.5).toFixed(10)),
    JSON.stringify(Math.tanh(-0.25).toFixed(10)),
    JSON.stringify(Math.tanh(1).toFixed(10)),
    `${Math.tanh(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
