// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("/path");
  return Response.text(r.statusText);
}
