// {"egress": ["https://a.example", "https://b.example"]}
const base = { url: "https://a.example/", method: "GET" };
export function handler(req: Request): Response {
  const r = fetchSync({ ...base, url: "https://b.example/" });
  return Response.text(r.statusText);
}
