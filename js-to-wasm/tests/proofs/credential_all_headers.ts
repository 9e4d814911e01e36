// {"open": {"no_credential_leakage": "shows a credential"}}
export function handler(req: Request): Response {
  return Response.json(req.headers);
}
