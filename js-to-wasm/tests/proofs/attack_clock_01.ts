// {"open": {"deterministic": ""}}
const now = Date.now;
export function handler(req: Request): Response {
  return Response.json(now());
}
