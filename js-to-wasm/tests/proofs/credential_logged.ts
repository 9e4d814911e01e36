// {"open": {"no_credential_leakage": "shows a credential"}}
export function handler(req: Request): Response {
  console.log(req.headers.cookie);
  return Response.text("ok");
}
