// Recursion
function handler(): Response {
  const fib = (n: number): number => n < 2 ? n : fib(n - 1) + fib(n - 2);
  const fact = (n: number): number => n === 0 ? 1 : n * fact(n - 1);
  const hanoi = (n: number): number => n === 0 ? 0 : 2 * hanoi(n - 1) + 1;
  const lines = [
    JSON.stringify(fib(20)),
    JSON.stringify(fact(10)),
    JSON.stringify(hanoi(5)),
  ];
  return Response.text(lines.join("\n"));
}
