// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  let n = 0;
  for (const a of req.path) { for (const b of req.path) { if (a === b) { n = n + 1; } } }
  return Response.json(n);
}
