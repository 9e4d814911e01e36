// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync(`https://${req.path}@api.example.com/`);
  return Response.text(r.statusText);
}
