// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = ["A"];
  const same = names;
  same[0] = req.path;
  return Response.json(env(names[0] ?? "A") ?? "");
}
