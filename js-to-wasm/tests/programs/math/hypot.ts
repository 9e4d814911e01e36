// Math.hypot
function handler(): Response {
  const lines = [
    JSON.stringify(Math.hypot(3, 4)),
    JSON.stringify(Math.hypot()),
    JSON.stringify(Math.hypot(1, 2, 2)),
    `${Math.hypot(NaN, Infinity)}`,
  ];
  return Response.text(lines.join("\n"));
}
