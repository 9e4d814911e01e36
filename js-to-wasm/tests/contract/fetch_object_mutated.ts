// {"egress": ["*"]}
export function handler(req: Request): Response {
  const o = { url: "https://api.example.com/" };
  o.url = req.path;
  const r = fetchSync(o);
  return Response.text(r.statusText);
}
