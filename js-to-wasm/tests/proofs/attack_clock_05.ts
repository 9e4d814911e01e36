// {"open": {"deterministic": ""}}
export function handler(req: Request): Response {
  return Response.json(performance.now());
}
