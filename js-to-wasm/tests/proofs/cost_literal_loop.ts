// {"proven": ["cost_bounded"], "cost": "constant"}
export function handler(req: Request): Response {
  let n = 0;
  for (const i of [1, 2, 3]) { for (const k of range(10)) { n = n + i * k; } }
  return Response.text(`${n}`);
}
