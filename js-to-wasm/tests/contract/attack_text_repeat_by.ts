// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env("A".repeat(req.path.length)) ?? "");
}
