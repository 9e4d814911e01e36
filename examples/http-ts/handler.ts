// What header fields say: a cookie that remembers, the kind of answer that the client likes best, and the pages of another origin that
// may read it. A guard stands before the handler, and steps become one with `pipe`.
import { guard, pipe } from "purview:compose";
import { cors, negotiate, parseContentType, parseCookies, setCookie } from "purview:http";

const friends = ["https://app.example.com", "https://example.org"];

/** Other origins than our friends' get no answer, and what they may send is said before they send it. */
function check(request: Request): Response | undefined {
  const origin = request.headers.get("origin");
  if (origin === undefined) {
    return undefined;
  }
  if (!friends.includes(origin)) {
    return Response.text("not from there", { status: 403 });
  }
  const headers = cors(origin, { methods: ["GET", "PUT"], headers: "content-type", maxAge: 600, credentials: true });
  return request.method === "OPTIONS" ? Response("", { status: 204, headers }) : undefined;
}

const name = pipe(
  (header: string | undefined) => parseCookies(header).name ?? "stranger",
  (cookie: string) => cookie.trim(),
  (trimmed: string) => `${trimmed.slice(0, 1).toUpperCase()}${trimmed.slice(1)}`,
);

/** The greeting as the client wants it, and readable for the page that asks. */
function greet(request: Request): Response {
  const who = name(request.headers.get("cookie"));
  const origin = request.headers.get("origin");
  const headers = origin === undefined ? {} : cors(origin, { credentials: true });
  const wanted = negotiate(request.headers.get("accept"), "text/plain,application/json");
  return match (wanted) {
    when "application/json": Response.json({ hello: who }, { headers })
    when "text/plain": Response.text(`Hello, ${who}!`, { headers })
    default: Response.text("text/plain or application/json", { status: 406 })
  };
}

/** Remembers a name for a day, in the client. */
function remember(request: Request): Response {
  const kind = parseContentType(request.headers.get("content-type"));
  assert kind !== undefined && kind.type === "text" && kind.subtype === "plain", Response.text("send text/plain", { status: 415 });
  const cookie = setCookie("name", request.text(), { path: "/", maxAge: 86400, httpOnly: true, secure: true, sameSite: "Lax" });
  assert cookie !== undefined, Response.text("no cookie holds this name", { status: 422 });
  return Response("", { status: 204, headers: { "set-cookie": cookie } });
}

function route(request: Request): Response {
  return match (`${request.method} ${request.path}`) {
    when "GET /": greet(request)
    when "PUT /name": remember(request)
    default: Response.text("nothing here", { status: 404 })
  };
}

export const handler = guard(check)(route);
