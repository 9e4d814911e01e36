// What outlives a request: a counter, notes that expire, and a limit on how often a client may come. Every namespace and verb is one
// of the module's imports, so the policy is a list of three names.
import { cacheDelete, cacheGet, cacheIncr, cacheSet } from "purview:cache";
import { rateCheck } from "purview:ratelimit";

const day = 24 * 3600;

/** Counts a visit. No two requests get the same number, on however many workers they run. */
function visit(page: string): Response {
  const count = cacheIncr("visits", page);
  assert count !== undefined, Response.text("the cache is away", { status: 503 });
  return Response.text(`${count}`);
}

function note(request: Request, name: string): Response {
  switch (request.method) {
    case "PUT":
      return cacheSet("notes", name, request.text(), day) ? Response.text("kept") : Response.text("no room", { status: 507 });
    case "GET": {
      const kept = cacheGet("notes", name);
      return kept === undefined ? Response.text("there is no such note", { status: 404 }) : Response.text(kept);
    }
    case "DELETE":
      return cacheDelete("notes", name) ? Response.text("gone") : Response.text("there is no such note", { status: 404 });
    default:
      return Response.text("not like this", { status: 405 });
  }
}

/** Answers each client twice a minute. */
function quote(client: string): Response {
  const checked = rateCheck(client, 2, 60);
  if (checked.ok) {
    return Response.text("Simplicity is prerequisite for reliability.", { headers: { "x-remaining": `${checked.value.remaining}` } });
  }
  return Response.text("that was enough for now", { status: 429, headers: { "retry-after": `${checked.error.retryAfter}` } });
}

export default function handler(request: Request): Response {
  const [, kind, name] = request.path.split("/");
  switch (kind) {
    case "visits":
      return visit(name ?? "");
    case "notes":
      return note(request, name ?? "");
    case "quote":
      return quote(request.headers.get("x-client") ?? "nobody");
    default:
      return Response.text("nothing here", { status: 404 });
  }
}
