// {"env": ["A"], "cache": ["sessions"]}
import { env } from "purview:env";
import { cacheGet, cacheSet, cacheIncr, cacheStats, cacheDelete } from "purview:cache";
const read = (f: (a: string, b: string) => string | undefined, a: string): string => f(a, "k") ?? "";
export function handler(req: Request): Response {
  const v = read(cacheGet, "sessions") + (env("A") ?? "");
  return Response.text(`${v}`);
}
