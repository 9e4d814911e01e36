// {"open": {"cost_bounded": "handler"}, "cost": "unbounded"}
const sum = (parts: string[]): number => parts.reduce((n, p) => n + p.length, 0);
export function handler(req: Request): Response {
  const parts = req.path.split("/");
  let n = 0;
  for (const a of parts) { n = n + a.length * sum(parts); }
  return Response.text(`${n}`);
}
