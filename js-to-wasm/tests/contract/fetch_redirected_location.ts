// {"egress": ["*", "https://api.example.com"]}
export function handler(req: Request): Response {
  const first = fetchSync("https://api.example.com/");
  const r = fetchSync(first.headers.get("location") ?? "");
  return Response.text(r.statusText);
}
