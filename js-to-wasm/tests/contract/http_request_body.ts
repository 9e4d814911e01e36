// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = httpRequest(req.text());
  return Response.text(r);
}
