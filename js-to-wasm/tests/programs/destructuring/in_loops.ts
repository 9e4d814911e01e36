// In loop heads
function handler(): Response {
  const out: string[] = [];
  for (const [a, [b, c]] of [[1, [2, 3]], [4, [5, 6]]]) {
    out.push(`${a}${b}${c}`);
  }
  return Response.text(out.join("\n"));
}
