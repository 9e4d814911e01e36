// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("https://api.example.com\\@evil.example/");
  return Response.text(r.statusText);
}
