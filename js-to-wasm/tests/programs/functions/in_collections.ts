// Functions in objects and lists
function handler(): Response {
  const ops: Record<string, (a: number, b: number) => number> = { add: (a, b) => a + b, mul: (a, b) => a * b };
  const fs = [(n: number) => n + 1, (n: number) => n * n];
  const lines = [
    `${ops.add?.(1, 2)}`,
    `${ops["mul"]?.(3, 4)}`,
    `${ops["none"]?.(1, 1)}`,
    JSON.stringify(fs.map((f) => f(10))),
  ];
  return Response.text(lines.join("\n"));
}
