// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const f = httpRequest;
  const r = f(JSON.stringify({ url: "https://api.example.com/x" }));
  return Response.text(r);
}
