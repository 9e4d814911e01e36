// {"open": {"no_secret_leakage": ""}}
import { env } from "purview:env";
import { cacheGet, cacheSet } from "purview:cache";
export function handler(req: Request): Response {
  const key = env("API_KEY") ?? "";
  cacheSet("a", "k", key);
  return Response.json(cacheGet("a", "k") ?? "");
}
