// {"egress": ["*"]}
export function handler(req: Request): Response {
  const r = httpRequest("{\"url\": \"https://api.example.com/" + req.path + "\"}");
  return Response.text(r);
}
