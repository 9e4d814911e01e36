// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  return Response.json([...req.path].map((a) => [...req.path].filter((b) => a === b).length));
}
