// {"proven": ["read_only", "retry_safe"], "open": {"stateless": "reads the cache", "deterministic": "reads the cache", "pure": "reads the cache"}}
import { cacheGet } from "purview:cache";
export function handler(req: Request): Response {
  return Response.text(cacheGet("a", "k") ?? "");
}
