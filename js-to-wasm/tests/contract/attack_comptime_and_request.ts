// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env(comptime("A".toUpperCase()) + (req.query.x ?? "")) ?? "");
}
