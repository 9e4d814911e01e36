// {"egress": ["*"]}
const BASE = "https://api.example.com";
export function handler(req: Request): Response {
  const r = fetchSync(BASE + req.path);
  return Response.text(r.statusText);
}
