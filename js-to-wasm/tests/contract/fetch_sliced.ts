// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("xhttps://api.example.com/".slice(1));
  return Response.text(r.statusText);
}
