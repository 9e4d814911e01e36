// {"open": {"read_only": ""}}
import { cacheSet } from "purview:cache";
const w = { s: cacheSet };
export function handler(req: Request): Response {
  return Response.json(w.s("a", "b", "c"));
}
