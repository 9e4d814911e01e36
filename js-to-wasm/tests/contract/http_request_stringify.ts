// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = httpRequest(JSON.stringify({ url: "https://api.example.com/x", method: "POST", body: req.body }));
  return Response.text(r);
}
