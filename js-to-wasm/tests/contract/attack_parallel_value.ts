// {"env": ["*"]}
import { env } from "purview:env";
import { parallel } from "purview:io";
export function handler(req: Request): Response {
  const [name] = parallel([() => req.path]);
  return Response.json(env(name) ?? "");
}
