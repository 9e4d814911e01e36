// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = [["A"], [req.path]].flat().toReversed();
  return Response.json(env(list[0] ?? "A") ?? "");
}
