// {"egress": ["https://api.example.com"]}
export function handler(req: Request): Response {
  const r = fetchSync("https://user:pass@api.example.com/");
  return Response.text(r.statusText);
}
