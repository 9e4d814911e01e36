// {"open": {"read_only": "handler (cache_write_by_value.ts:4:8) \u2192 call (cache_write_by_value.ts:5:27) \u2192 changes the cache (cache_write_by_value.ts:3:47)"}}
import { cacheSet } from "purview:cache";
const call = (f: typeof cacheSet): boolean => f("a", "k", "v");
export function handler(req: Request): Response {
  return Response.text(`${call(cacheSet)}`);
}
