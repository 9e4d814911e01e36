// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  return Response.json(Object.keys(req.query).map((k) => Object.keys(req.query).filter((o) => o === k)));
}
