// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = fetchSync({ url: "https://api.example.com/", method: "POST" });
  return Response.text(r.statusText);
}
