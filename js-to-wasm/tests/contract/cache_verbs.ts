// {"cache": ["a", "b", "c"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const ok = cacheSet("a", "k", "v");
  const gone = cacheDelete("b", "k");
  const v = `${cacheIncr("c", "k")}${ok}${gone}`;
  return Response.text(`${v}`);
}
