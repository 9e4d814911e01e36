// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync(`${req.path}://api.example.com/`);
  return Response.text(r.statusText);
}
