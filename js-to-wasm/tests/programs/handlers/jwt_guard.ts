// request: {"url":"/admin","headers":{"authorization":"Bearer a.b.c"},"env":{"JWT_SECRET":"s"}}
import { env } from "purview:env";
import { jwtVerify, parseBearer } from "purview:auth";

type Claims = { sub: string; role?: "admin" | "user"; exp?: number };
type Session = { user: string; admin: boolean };

function authenticate(req: Request): Result<Session, { status: number; message: string }> {
  const token = parseBearer(req.headers.get("authorization") ?? "");
  if (token === undefined) {
    return Result.err({ status: 401, message: "missing token" });
  }
  const secret = env("JWT_SECRET");
  if (secret === undefined) {
    return Result.err({ status: 500, message: "not configured" });
  }
  const verified = jwtVerify(token, secret);
  if (!verified.ok) {
    return Result.err({ status: 401, message: verified.error });
  }
  const claims: Claims = verified.value;
  return Result.ok({ user: claims.sub, admin: claims.role === "admin" });
}

export function handler(req: Request): Response {
  const session = authenticate(req);
  if (!session.ok) {
    const { status, message } = session.error;
    return Response.json({ error: message }, { status });
  }
  if (req.path.startsWith("/admin") && !session.value.admin) {
    return Response.json({ error: "forbidden" }, { status: 403 });
  }
  return Response.json({ hello: session.value.user });
}
