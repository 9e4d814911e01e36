// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const text = JSON.stringify({ k: env("API_KEY") });
  return Response.rawJson(text);
}
