// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync({ url: req.path });
  return Response.text(r.statusText);
}
