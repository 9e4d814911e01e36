// {"open": {"no_credential_leakage": "shows a credential"}}
export function handler(req: Request): Response {
  return Response.text(req.headers.get(req.path) ?? "");
}
