// {"open": {"deterministic": ""}}
const later = (f = Date.now): number => f();
export function handler(req: Request): Response {
  return Response.json(later());
}
