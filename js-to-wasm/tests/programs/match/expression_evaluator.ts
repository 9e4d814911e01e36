// match over a tree
function handler(): Response {
  type Expr = { op: "num"; n: number } | { op: "add"; a: Expr; b: Expr } | { op: "mul"; a: Expr; b: Expr };
  const run = (e: Expr): number => match (e) {
    when { op: "num" }: e.n
    when { op: "add" }: run(e.a) + run(e.b)
    when { op: "mul" }: run(e.a) * run(e.b)
  };
  const lines = [
    JSON.stringify(run({ op: "add", a: { op: "num", n: 2 }, b: { op: "mul", a: { op: "num", n: 3 }, b: { op: "num", n: 4 } } })),
  ];
  return Response.text(lines.join("\n"));
}
