// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
const key = env("API_KEY") ?? "";
export function handler(req: Request): Response {
  return Response.text(key);
}
