// A token is signed at `/login` and asked for at `/me`, which the compiler proves: `purview openapi` says so. The secret is an environment
// variable and leaves the module nowhere.
import { jwtSign, jwtVerify, parseBearer } from "purview:auth";
import { env } from "purview:env";

const secret = (): string => env("TOKEN_SECRET") ?? "";

function login(request: Request): Response {
  const token = jwtSign(JSON.stringify({ sub: request.text() }), secret());
  assert token !== undefined, Response.text("no token can be signed", { status: 500 });
  return Response.text(token);
}

function me(request: Request): Response {
  const token = parseBearer(request.headers.get("authorization"));
  assert token !== undefined, Response.json({ error: "no token" }, { status: 401, headers: { "www-authenticate": "Bearer" } });
  const checked = jwtVerify(token, secret());
  if (checked.ok) {
    return Response.json({ hello: checked.value.sub });
  }
  return Response.json({ error: checked.error }, { status: 401 });
}

export default function handler(request: Request): Response {
  return match (`${request.method} ${request.path}`) {
    when "POST /login": login(request)
    when "GET /me": me(request)
    default: Response.json({ error: "nothing here" }, { status: 404 })
  };
}
