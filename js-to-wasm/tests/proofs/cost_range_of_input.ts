// {"open": {"cost_bounded": "a loop"}, "cost": "unbounded"}
export function handler(req: Request): Response {
  let n = 0;
  for (const i of range(parseInt(req.query.n ?? "0"))) { n = n + i; }
  return Response.text(`${n}`);
}
