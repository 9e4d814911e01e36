// Math.atanh
function handler(): Response {
  const lines = [
    JSON.stringify(Math.atanh(0)),
    JSON.stringify(Math.atanh(0.5).toFixed(10)),
    `${Math.atanh(1)}`,
    `${Math.atanh(2)}`,
  ];
  return Response.text(lines.join("\n"));
}
