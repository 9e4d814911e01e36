// {"open": {"cost_bounded": ""}}
const f = (n: number): number => (n > 0 ? f(n - 1) : 0);
export function handler(req: Request): Response {
  return Response.json(f(req.path.length));
}
