// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let name = "A";
  name += req.query.x ?? "";
  return Response.json(env(name) ?? "");
}
