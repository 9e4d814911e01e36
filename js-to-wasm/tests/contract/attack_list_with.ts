// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = ["A"].with(0, req.path);
  return Response.json(env(list[0] ?? "A") ?? "");
}
