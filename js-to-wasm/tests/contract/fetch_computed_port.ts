// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync(`https://api.example.com:${req.path}/`);
  return Response.text(r.statusText);
}
