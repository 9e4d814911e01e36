// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync(`https://${req.path}.example.com/`);
  return Response.text(r.statusText);
}
