// {"open": {"cost_bounded": ""}}
const each = (f: (c: string) => number, s: string) => [...s].map(f);
export function handler(req: Request): Response {
  return Response.json(each((a) => each(() => 1, req.path).length, req.path));
}
