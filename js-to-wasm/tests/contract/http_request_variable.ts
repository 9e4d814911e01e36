// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const body = JSON.stringify({ url: "https://api.example.com/x" });
  const r = httpRequest(body);
  return Response.text(r);
}
