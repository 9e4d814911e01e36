// {"open": {"cost_bounded": "a loop"}, "cost": "unbounded"}
export function handler(req: Request): Response {
  const parts = req.path.split("/");
  let n = 0;
  for (const a of parts) { for (const b of parts) { n = n + a.length * b.length; } }
  return Response.text(`${n}`);
}
