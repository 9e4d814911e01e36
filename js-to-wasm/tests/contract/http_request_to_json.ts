// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = httpRequest(JSON.stringify({ url: "https://api.example.com/", toJSON: () => ({ url: req.path }) }));
  return Response.text(r);
}
