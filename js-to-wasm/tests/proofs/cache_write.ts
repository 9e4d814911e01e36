// {"open": {"read_only": "changes the cache", "retry_safe": "changes the cache", "stateless": "changes the cache"}}
import { cacheSet } from "purview:cache";
export function handler(req: Request): Response {
  return Response.text(`${cacheSet("a", "k", "v")}`);
}
