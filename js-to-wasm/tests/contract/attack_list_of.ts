// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = Array.of(req.path, "A");
  return Response.json(env(list[0] ?? "A") ?? "");
}
