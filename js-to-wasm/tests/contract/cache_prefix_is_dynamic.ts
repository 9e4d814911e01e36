// {"cache": ["*"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const v = cacheGet(`user-${req.path}`, "k") ?? "";
  return Response.text(`${v}`);
}
