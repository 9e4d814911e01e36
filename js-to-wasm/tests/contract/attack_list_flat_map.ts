// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = ["A"].flatMap((name) => [req.path, name]);
  return Response.json(env(list[0] ?? "A") ?? "");
}
