// The cache over several requests, with a namespace of its own and with ones that the request names.
import { cacheDelete, cacheGet, cacheIncr, cacheSet, cacheStats } from "purview:cache";
import { rateCheck, rateReset } from "purview:ratelimit";

export default function handler(request: Request): Response {
  const key = request.query.key ?? "";
  const space = request.query.space ?? "";
  const ttl = request.query.ttl === undefined ? undefined : Number(request.query.ttl);
  switch (request.path) {
    case "/get":
      return Response.text(cacheGet("one", key) ?? "none");
    case "/set":
      return Response.text(`${cacheSet("one", key, request.text(), ttl)}`);
    case "/delete":
      return Response.text(`${cacheDelete("one", key)}`);
    case "/incr":
      return Response.text(`${cacheIncr("one", key, Number(request.query.by), ttl)}`);
    case "/stats":
      return Response.json(cacheStats("one"));
    case "/any/get":
      return Response.text(cacheGet(space, key) ?? "none");
    case "/any/set":
      return Response.text(`${cacheSet(space, key, request.text(), ttl)}`);
    case "/rate": {
      const checked = rateCheck(key, 2, 60);
      return Response.text(checked.ok ? `left ${checked.value.remaining}` : checked.error.tag);
    }
    case "/rate/reset":
      return Response.text(`${rateReset(key)}`);
    default:
      return Response.text("?", { status: 404 });
  }
}
