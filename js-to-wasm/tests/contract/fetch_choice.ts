// {"egress": ["https://a.example", "https://b.example"]}
export function handler(req: Request): Response {
  const r = fetchSync(req.path === "/" ? "https://a.example/" : "https://b.example/x");
  return Response.text(r.statusText);
}
