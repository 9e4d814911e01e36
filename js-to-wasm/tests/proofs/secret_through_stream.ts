// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.stream((w) => { w.write(env("API_KEY") ?? ""); });
}
