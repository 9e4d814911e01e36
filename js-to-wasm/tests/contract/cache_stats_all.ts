// {"cache": ["*"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const v = cacheStats()?.hits;
  return Response.text(`${v}`);
}
