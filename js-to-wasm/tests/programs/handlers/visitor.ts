type Expr = { op: "num"; value: number } | { op: "var"; name: string } | { op: "add" | "mul"; left: Expr; right: Expr } | { op: "neg"; of: Expr };
type Visitor<R> = { num: (value: number) => R; name: (name: string) => R; binary: (op: "add" | "mul", left: R, right: R) => R; neg: (of: R) => R };
const visit = <R,>(expr: Expr, visitor: Visitor<R>): R => {
  switch (expr.op) {
    case "num":
      return visitor.num(expr.value);
    case "var":
      return visitor.name(expr.name);
    case "neg":
      return visitor.neg(visit(expr.of, visitor));
    default:
      return visitor.binary(expr.op, visit(expr.left, visitor), visit(expr.right, visitor));
  }
};
const evaluate = (scope: Record<string, number>): Visitor<number | undefined> => ({
  num: (value) => value,
  name: (name) => scope[name],
  binary: (op, left, right) => {
    if (left === undefined || right === undefined) return undefined;
    return op === "add" ? left + right : left * right;
  },
  neg: (of) => (of === undefined ? undefined : -of),
});
const print: Visitor<string> = { num: String, name: (name) => name, binary: (op, left, right) => `(${left} ${op === "add" ? "+" : "*"} ${right})`, neg: (of) => `-${of}` };
export function handler(req: Request): Response {
  const expr: Expr = { op: "add", left: { op: "mul", left: { op: "num", value: 2 }, right: { op: "var", name: "x" } }, right: { op: "neg", of: { op: "num", value: 3 } } };
  return Response.json({ text: visit(expr, print), value: visit(expr, evaluate({ x: 5 })) ?? "unbound", missing: visit(expr, evaluate({})) ?? "unbound" });
}
