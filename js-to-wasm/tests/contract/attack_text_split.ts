// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env("A-B".split(req.query.x ?? "-")[0] ?? "A") ?? "");
}
