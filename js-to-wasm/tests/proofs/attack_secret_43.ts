// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
import { base64Encode } from "purview:crypto";
export function handler(req: Request): Response {
  return Response.json(base64Encode(env("PASSWORD") ?? ""));
}
