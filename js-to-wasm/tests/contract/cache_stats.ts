// {"cache": ["a"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const v = cacheStats("a")?.hits;
  return Response.text(`${v}`);
}
