// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = fetchSync("https://api.example.com?x=1");
  return Response.text(r.statusText);
}
