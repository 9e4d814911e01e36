// The cache, with names that are literals and one that is not
import { cacheDelete, cacheGet, cacheIncr, cacheSet, cacheStats } from "purview:cache";
type Stats = { hits: number; misses: number; entries: number; bytes: number } | undefined;
const told = (stats: Stats): string => `${stats?.hits} ${stats?.misses} ${stats?.entries} ${(stats?.bytes ?? 0) > 0}`;
function handler(request: Request): Response {
  const read = cacheGet;
  const place = request.path === "/" ? "sessions" : "others";
  const lines = [
    `${cacheGet("sessions", "a") === undefined}`,
    `${cacheSet("sessions", "a", "1")}`,
    `${cacheSet("sessions", "grüße", "😀", 60)}`,
    cacheGet("sessions", "a") ?? "none",
    cacheGet("sessions", "grüße") ?? "none",
    `${cacheGet("others", "a") === undefined}`,
    `${cacheIncr("counts", "n")}`,
    `${cacheIncr("counts", "n", 5)}`,
    `${cacheIncr("counts", "n", -2, 30)}`,
    cacheGet("counts", "n") ?? "none",
    cacheGet(place, "a") ?? "none",
    read("sessions", "a") ?? "none",
    `${cacheDelete("sessions", "a")} ${cacheDelete("sessions", "a")}`,
    `${cacheSet("sessions", "a", "x", -1)} ${cacheIncr("counts", "n", 0.5) === undefined}`,
    told(cacheStats("sessions")),
    told(cacheStats()),
  ];
  return Response.text(lines.join("\n"));
}
