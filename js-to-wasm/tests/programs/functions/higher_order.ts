// Functions that take and give functions
function handler(): Response {
  const twice = (f: (n: number) => number) => (n: number) => f(f(n));
  const compose = (f: (n: number) => number, g: (n: number) => number) => (n: number) => f(g(n));
  const apply = (list: number[], f: (n: number) => number) => list.map(f);
  const lines = [
    JSON.stringify(twice((n) => n + 3)(1)),
    JSON.stringify(compose((n) => n * 2, (n) => n + 1)(5)),
    JSON.stringify(apply([1, 2], (n) => n * n)),
  ];
  return Response.text(lines.join("\n"));
}
