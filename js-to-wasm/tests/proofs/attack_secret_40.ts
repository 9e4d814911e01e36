// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
import { logInfo } from "purview:log";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  logInfo("a", { key });
  return Response.json(1);
}
