// {"open": {"cost_bounded": ""}}
const t = { f: (n: number): number => (n > 0 ? t.f(n - 1) : 0) };
export function handler(req: Request): Response {
  return Response.json(t.f(3));
}
