// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("api.example.com/path");
  return Response.text(r.statusText);
}
