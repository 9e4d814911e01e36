// In loop heads
function handler(): Response {
  const out: string[] = [];
  const rows: [number, number[]][] = [[1, [2, 3]], [4, [5, 6]]];
  for (const [a, [b, c]] of rows) {
    out.push(`${a}${b}${c}`);
  }
  return Response.text(out.join("\n"));
}
