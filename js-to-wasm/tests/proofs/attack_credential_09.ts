// {"open": {"no_credential_leakage": ""}}
export function handler(req: Request): Response {
  return Response.json(((h: Headers) => h.get("cookie") ?? "")(req.headers));
}
