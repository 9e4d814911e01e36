// {"proven": ["no_credential_leakage", "no_secret_leakage"]}
import { env } from "purview:env";
import { parseBearer, jwtVerify } from "purview:auth";
export function handler(req: Request): Response {
  const token = parseBearer(req.headers.authorization);
  if (token === undefined) { return Response.text("no", { status: 401 }); }
  const claims = jwtVerify(token, env("JWT_SECRET") ?? "");
  return Response.text(claims.isOk() ? "yes" : "no");
}
