// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync(req.json());
  return Response.text(r.statusText);
}
