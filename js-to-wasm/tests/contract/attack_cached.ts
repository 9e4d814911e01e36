// {"env": ["*"], "cache": ["n"]}
import { env } from "purview:env";
import { cacheGet } from "purview:cache";
export function handler(req: Request): Response {
  return Response.json(env(cacheGet("n", "k") ?? "A") ?? "");
}
