// {"egress": ["*"]}
export function handler(req: Request): Response {
  const extra: Record<string, string> = req.json();
  const r = httpRequest(JSON.stringify({ url: "https://api.example.com/x", ...extra }));
  return Response.text(r);
}
