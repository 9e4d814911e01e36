// What functions return
function handler(): Response {
  const out: string[] = [];
  const divide = (a: number, b: number) => ({ quotient: Math.trunc(a / b), remainder: a % b });
  const { quotient, remainder: r } = divide(17, 5);
  const [lo, hi] = ((n: number): [number, number] => [n - 1, n + 1])(5);
  out.push(`${quotient} ${r} ${lo} ${hi}`);
  return Response.text(out.join("\n"));
}
