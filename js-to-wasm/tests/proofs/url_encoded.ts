// {"proven": ["injection_safe"], "open": {"input_validated": "nothing validated"}}
export function handler(req: Request): Response {
  return Response.text(fetchSync(`https://a.example/${encodeURIComponent(req.query.id ?? "")}`).statusText);
}
