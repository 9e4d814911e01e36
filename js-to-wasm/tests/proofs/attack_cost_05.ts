// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  let n = 0;
  for (const i of range(Number(req.query.n))) { n = n + i; }
  return Response.json(n);
}
