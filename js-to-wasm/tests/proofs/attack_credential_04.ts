// {"open": {"no_credential_leakage": ""}}
export function handler(req: Request): Response {
  return Response.json(Object.entries(req.headers));
}
