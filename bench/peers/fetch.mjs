// One handler in the shape of the Fetch standard, for the peers that serve it: Bun and Deno.
import { auth, user, userView, HELLO } from "./routes.mjs";

export async function handle(request) {
  const { method, url, headers } = request;
  const target = url.slice(url.indexOf("/", "http://".length));
  if (method === "GET" && target === "/") return Response.json(HELLO);
  if (method === "GET" && target === "/auth") {
    return Response.json(
      auth(headers.get("authorization") ?? "", headers.get("cookie") ?? "", headers.get("x-request-id") ?? ""),
    );
  }
  if (method === "GET" && target.startsWith("/users/")) return answer(userView(target));
  if (method === "POST" && target === "/users") return answer(user(await request.text()));
  return Response.json({ error: "not found" }, { status: 404 });
}

function answer(value) {
  return value ? Response.json(value) : Response.json({ error: "bad request" }, { status: 400 });
}
