// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.text((env("API_KEY") ?? "").slice(0, 4).toUpperCase());
}
