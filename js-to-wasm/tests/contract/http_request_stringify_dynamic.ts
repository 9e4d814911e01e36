// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = httpRequest(JSON.stringify({ url: req.path }));
  return Response.text(r);
}
