// {"proven": ["cost_bounded"], "cost": "linear"}
export function handler(req: Request): Response {
  let n = 0;
  for (const i of range(req.path.length)) { n = n + i; }
  return Response.text(`${n}`);
}
