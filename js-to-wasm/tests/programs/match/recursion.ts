// match in a recursive function
function handler(): Response {
  const fib = (n: number): number => match (n) { when 0: 0 when 1: 1 default: fib(n - 1) + fib(n - 2) };
  const lines = [
    JSON.stringify([0, 1, 10, 20].map(fib)),
  ];
  return Response.text(lines.join("\n"));
}
