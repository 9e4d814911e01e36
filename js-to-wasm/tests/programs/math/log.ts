// Math.log
function handler(): Response {
  const lines = [
    JSON.stringify(Math.log(1)),
    JSON.stringify(Math.log(2).toFixed(10)),
    JSON.stringify(Math.log(10).toFixed(10)),
    JSON.stringify(Math.log(1.5).toFixed(10)),
    `${Math.log(-1)}`,
  ];
  return Response.text(lines.join("\n"));
}
