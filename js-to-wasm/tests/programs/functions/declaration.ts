// Declared functions
function add(a: number, b: number): number {
  return a + b;
}
function handler(): Response {
  const lines = [
    JSON.stringify(add(1, 2)),
    JSON.stringify(add(add(1, 2), 3)),
  ];
  return Response.text(lines.join("\n"));
}
