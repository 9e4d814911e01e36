// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
import { base64Encode } from "purview:crypto";
export function handler(req: Request): Response {
  return Response.text(base64Encode(env("API_KEY") ?? ""));
}
