// {"open": {"injection_safe": ""}}
export function handler(req: Request): Response {
  fetchSync("https://a.example/" + (req.query.x ?? ""));
  return Response.text("");
}
