// {"open": {"no_secret_leakage": "shows a secret (secret_in_log.ts:5:3)"}}
import { env } from "purview:env";
import { logInfo } from "purview:log";
export function handler(req: Request): Response {
  logInfo("key", { key: env("API_KEY") });
  return Response.text("ok");
}
