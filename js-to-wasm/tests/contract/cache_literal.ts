// {"cache": ["sessions"]}
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
export function handler(req: Request): Response {
  const v = cacheGet("sessions", req.path) ?? "";
  return Response.text(`${v}`);
}
