// Tail recursion
function handler(): Response {
  const sum = (n: number, total: number): number => n === 0 ? total : sum(n - 1, total + n);
  const gcd = (a: number, b: number): number => b === 0 ? a : gcd(b, a % b);
  const lines = [
    JSON.stringify(sum(1000, 0)),
    JSON.stringify(gcd(1071, 462)),
  ];
  return Response.text(lines.join("\n"));
}
