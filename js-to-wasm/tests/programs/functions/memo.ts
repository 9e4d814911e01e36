// A memo in a closure
function handler(): Response {
  const known = Map([[0, 0], [1, 1]]);
  const fib = (n: number): number => {
    const old = known.get(n);
    if (old !== undefined) {
      return old;
    }
    const value = fib(n - 1) + fib(n - 2);
    known.set(n, value);
    return value;
  };
  const lines = [
    JSON.stringify(fib(60)),
    JSON.stringify(fib(10)),
  ];
  return Response.text(lines.join("\n"));
}
