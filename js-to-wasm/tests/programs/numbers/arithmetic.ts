// Arithmetic
function handler(): Response {
  const lines = [
    JSON.stringify(1 + 2),
    JSON.stringify(5 - 8),
    JSON.stringify(3 * 4),
    JSON.stringify(7 / 2),
    JSON.stringify(7 % 3),
    JSON.stringify(-7 % 3),
    JSON.stringify(7 % -3),
    JSON.stringify(5.5 % 2),
    JSON.stringify(2 ** 10),
    JSON.stringify(2 ** -1),
    JSON.stringify((-2) ** 3),
    JSON.stringify(1 - 0.9),
    JSON.stringify(1e308 + 1e308),
    JSON.stringify(0.1 + 0.7),
  ];
  return Response.text(lines.join("\n"));
}
