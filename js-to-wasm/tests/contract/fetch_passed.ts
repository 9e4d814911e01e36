// {"egress": ["https://api.example.com"]}
const call = (f: typeof fetchSync, u: string): Response => f(u);
export function handler(req: Request): Response {
  const r = call(fetchSync, "https://api.example.com/");
  return Response.text(r.statusText);
}
