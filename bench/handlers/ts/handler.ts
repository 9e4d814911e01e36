// The bench routes as a TypeScript handler: the same work and the same answers as the peers in `bench/peers`.
type User = { user_id: number; active: boolean; name: string };

const badRequest = (): Response => Response.json({ error: "bad request" }, { status: 400 });

function userView(request: Request): Response {
  const id = request.path.slice("/users/".length);
  const verbose = request.query.verbose;
  const digits = id.length > 0 && id.length < 16 && id.split("").every((digit) => digit >= "0" && digit <= "9");
  if (!digits || (verbose !== "true" && verbose !== "false")) return badRequest();
  return Response.json({ user_id: Number(id), verbose: verbose === "true" });
}

function create(request: Request): Response {
  const parsed = JSON.tryParse(request.body ?? "");
  if (!parsed.ok) return badRequest();
  const { user_id, active, name } = parsed.value ?? {};
  if (typeof user_id !== "number" || typeof active !== "boolean" || typeof name !== "string") return badRequest();
  const user: User = { user_id, active, name };
  return Response.json(user);
}

function auth(request: Request): Response {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const session = pairs.find((pair) => pair.startsWith("session="));
  return Response.json({
    authorized: request.headers.get("authorization") === "Bearer bench-token",
    session: session === undefined ? "" : session.slice("session=".length),
    request_id: request.headers.get("x-request-id") ?? "",
  });
}

export function handler(request: Request): Response {
  const { method, path } = request;
  if (method === "GET" && path === "/") return Response.json({ message: "Hello, World!" });
  if (method === "GET" && path === "/auth") return auth(request);
  if (method === "POST" && path === "/users") return create(request);
  if (method === "GET" && path.startsWith("/users/")) return userView(request);
  return Response.json({ error: "not found" }, { status: 404 });
}
