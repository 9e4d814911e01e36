// {"open": {"injection_safe": "without escaping it", "input_validated": "nothing validated"}}
export function handler(req: Request): Response {
  return Response.text(fetchSync(`https://a.example/${req.query.id ?? ""}`).statusText);
}
