// Precedence
function handler(): Response {
  const lines = [
    JSON.stringify(1 + 2 * 3),
    JSON.stringify((1 + 2) * 3),
    JSON.stringify(2 ** 3 ** 2),
    JSON.stringify(10 - 2 - 3),
    JSON.stringify(100 / 10 / 2),
    JSON.stringify(1 + 1 << 2),
    JSON.stringify(1 | 2 & 3),
    JSON.stringify(5 > 3 === true),
    JSON.stringify(-(2 ** 2)),
    JSON.stringify(2 * 3 % 4),
    JSON.stringify(1 << 2 + 1),
  ];
  return Response.text(lines.join("\n"));
}
