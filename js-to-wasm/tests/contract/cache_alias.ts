// {"cache": ["sessions"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const get = cacheGet;
  const v = get("sessions", "k") ?? "";
  return Response.text(`${v}`);
}
