// Steps to one
const steps = (n: number, count: number): number => n === 1 ? count : steps(n % 2 === 0 ? n / 2 : 3 * n + 1, count + 1);
function handler(): Response {
  const lines = [
    JSON.stringify([1, 6, 7, 27].map((n) => steps(n, 0))),
  ];
  return Response.text(lines.join("\n"));
}
