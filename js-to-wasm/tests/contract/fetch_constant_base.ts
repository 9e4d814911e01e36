// {"egress": ["https://api.example.com"]}
const BASE = "https://api.example.com";
export function handler(req: Request): Response {
  const r = fetchSync(BASE + "/users");
  return Response.text(r.statusText);
}
