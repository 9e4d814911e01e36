// {"open": {"no_secret_leakage": "shows a secret"}}
import { env } from "purview:env";
import { cacheSet, cacheGet } from "purview:cache";
export function handler(req: Request): Response {
  cacheSet("a", "k", env("API_KEY") ?? "");
  return Response.text(cacheGet("a", "k") ?? "");
}
