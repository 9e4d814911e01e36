// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = fetchSync("https://HOST/".replace("HOST", "api.example.com"));
  return Response.text(r.statusText);
}
