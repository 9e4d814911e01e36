// Comparisons
function handler(): Response {
  const lines = [
    JSON.stringify(1 < 2),
    JSON.stringify(2 <= 2),
    JSON.stringify(3 > 4),
    JSON.stringify(4 >= 4),
    JSON.stringify(1 === 1),
    JSON.stringify(1 !== 1),
    JSON.stringify(Infinity > 1e308),
    JSON.stringify(-Infinity < 0),
    JSON.stringify(0 < -0),
  ];
  return Response.text(lines.join("\n"));
}
