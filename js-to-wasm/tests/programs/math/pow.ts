// Math.pow
function handler(): Response {
  const lines = [
    JSON.stringify(Math.pow(2, 10)),
    JSON.stringify(Math.pow(2, 0.5) === Math.SQRT2),
    `${Math.pow(NaN, 0)}`,
    `${Math.pow(0, -1)}`,
    JSON.stringify(Math.pow(-8, 3)),
    `${Math.pow(1, Infinity)}`,
  ];
  return Response.text(lines.join("\n"));
}
