// {"proven": ["no_credential_leakage"]}
export function handler(req: Request): Response {
  return Response.text(req.headers.get("accept") ?? "");
}
