// {"proven": ["no_secret_leakage"]}
import { env } from "purview:env";
import { hmacSha256 } from "purview:crypto";
export function handler(req: Request): Response {
  return Response.text(hmacSha256(env("API_KEY") ?? "", req.path));
}
