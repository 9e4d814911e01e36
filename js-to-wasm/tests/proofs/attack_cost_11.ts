// {"open": {"cost_bounded": ""}}
const y = (f: (g: (n: number) => number) => (n: number) => number): ((n: number) => number) => f((n) => y(f)(n));
export function handler(req: Request): Response {
  return Response.json(y((g) => (n) => (n > 0 ? g(n - 1) : 0))(3));
}
