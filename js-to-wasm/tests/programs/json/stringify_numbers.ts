// JSON.stringify: numbers
function handler(): Response {
  const lines = [
    JSON.stringify([-0, 1.50, 1e21, 1e-7, NaN, -Infinity, 0.1]),
  ];
  return Response.text(lines.join("\n"));
}
