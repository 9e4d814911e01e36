// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  fetchSync(`https://a.example/${req.path}`);
  return Response.text("");
}
