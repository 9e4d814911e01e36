// {"egress": ["http://[::1]:8080"]}
export function handler(req: Request): Response {
  const r = fetchSync("http://[::1]:8080/");
  return Response.text(r.statusText);
}
