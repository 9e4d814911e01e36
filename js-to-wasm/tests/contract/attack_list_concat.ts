// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = (["A"]).concat([req.path]).slice(1);
  return Response.json(env(list[0] ?? "A") ?? "");
}
