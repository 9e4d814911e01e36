// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env("ABCDEF".slice(0, req.path.length)) ?? "");
}
