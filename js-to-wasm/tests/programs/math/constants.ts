// Constants of Math
function handler(): Response {
  const lines = [
    JSON.stringify(Math.PI),
    JSON.stringify(Math.E),
    JSON.stringify(Math.LN2),
    JSON.stringify(Math.LN10),
    JSON.stringify(Math.LOG2E),
    JSON.stringify(Math.LOG10E),
    JSON.stringify(Math.SQRT2),
    JSON.stringify(Math.SQRT1_2),
  ];
  return Response.text(lines.join("\n"));
}
