// {"open": {"deterministic": ""}}
import { cacheGet } from "purview:cache";
const [read] = [cacheGet];
export function handler(req: Request): Response {
  return Response.json(read("a", "b") ?? "");
}
