// {"egress": ["http://api.example.com:8080"]}
const PORT = 8080;
export function handler(req: Request): Response {
  const r = fetchSync(`http://api.example.com:${PORT}/`);
  return Response.text(r.statusText);
}
