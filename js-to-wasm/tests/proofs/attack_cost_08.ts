// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  return Response.json(Array.from({ length: req.path.length }, (_, i) => req.path.split("").map((c) => c + String(i))));
}
