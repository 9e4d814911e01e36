// {"open": {"deterministic": ""}}
const start = Date.now();
export function handler(req: Request): Response {
  return Response.json(start);
}
