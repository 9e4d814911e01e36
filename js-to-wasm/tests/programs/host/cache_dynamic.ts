// request: {"url": "/?space=a"}
import { cacheGet, cacheIncr, cacheSet } from "purview:cache";
function handler(request: Request): Response {
  const space = request.query.space ?? "";
  return Response.json([cacheSet(space, "k", "v"), cacheGet(space, "k"), cacheIncr(space, "n", 3), cacheGet("a", "k")]);
}
