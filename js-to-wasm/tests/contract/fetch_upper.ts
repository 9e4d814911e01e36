// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = fetchSync("HTTPS://API.Example.COM/Path");
  return Response.text(r.statusText);
}
