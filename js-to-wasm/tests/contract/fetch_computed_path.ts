// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = fetchSync(`https://api.example.com/users/${req.path}`);
  return Response.text(r.statusText);
}
