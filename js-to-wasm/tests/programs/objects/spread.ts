// Spread in objects
function handler(): Response {
  const a = { x: 1, y: 2 };
  const b = { y: 3, z: 4 };
  const p: { x?: number } = { x: 5 };
  const lines = [
    JSON.stringify({ ...a, ...b }),
    JSON.stringify({ ...b, ...a }),
    JSON.stringify({ ...a, x: 9 }),
    JSON.stringify({ x: 9, ...p }),
    JSON.stringify({ ...{} }),
  ];
  return Response.text(lines.join("\n"));
}
