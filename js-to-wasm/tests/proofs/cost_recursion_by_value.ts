// {"open": {"cost_bounded": "calls itself"}, "cost": "unbounded"}
const apply = (f: (n: number) => number, n: number): number => f(n);
const down = (n: number): number => n <= 0 ? 0 : apply(down, n - 1);
export function handler(req: Request): Response {
  return Response.text(`${down(3)}`);
}
