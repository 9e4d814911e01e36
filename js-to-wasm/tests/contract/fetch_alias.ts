// {"egress": ["https://api.example.com"]}
const get = fetchSync;
export function handler(req: Request): Response {
  const r = get("https://api.example.com/");
  return Response.text(r.statusText);
}
