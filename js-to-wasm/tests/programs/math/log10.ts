// Math.log10
function handler(): Response {
  const lines = [
    JSON.stringify(Math.log10(1)),
    JSON.stringify(Math.log10(2).toFixed(10)),
    JSON.stringify(Math.log10(10).toFixed(10)),
    JSON.stringify(Math.log10(1.5).toFixed(10)),
    `${Math.log10(-1)}`,
    JSON.stringify(Math.log10(1000)),
    JSON.stringify(Math.log10(0.001)),
  ];
  return Response.text(lines.join("\n"));
}
