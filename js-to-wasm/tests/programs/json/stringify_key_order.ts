// JSON.stringify: order of keys
function handler(): Response {
  const lines = [
    JSON.stringify({ b: 1, a: 2, 1: 3, 0: 4 }),
  ];
  return Response.text(lines.join("\n"));
}
