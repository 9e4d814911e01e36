// Math.log2
function handler(): Response {
  const lines = [
    JSON.stringify(Math.log2(1)),
    JSON.stringify(Math.log2(2).toFixed(10)),
    JSON.stringify(Math.log2(10).toFixed(10)),
    JSON.stringify(Math.log2(1.5).toFixed(10)),
    `${Math.log2(-1)}`,
    JSON.stringify(Math.log2(8)),
    JSON.stringify(Math.log2(1024)),
  ];
  return Response.text(lines.join("\n"));
}
