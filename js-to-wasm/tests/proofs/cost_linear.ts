// {"proven": ["cost_bounded"], "cost": "linear"}
export function handler(req: Request): Response {
  let n = 0;
  for (const c of req.path.split("/")) { n = n + c.length; }
  return Response.text(`${n}`);
}
