// {"open": {"deterministic": ""}}
export function handler(req: Request): Response {
  return Response.json([Math.random].map((f) => f()));
}
