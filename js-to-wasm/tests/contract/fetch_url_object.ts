// {"egress": ["*"]}
export function handler(req: Request): Response {
  const u = URL("https://api.example.com/");
  const r = fetchSync(u === undefined ? "" : u.href);
  return Response.text(r.statusText);
}
