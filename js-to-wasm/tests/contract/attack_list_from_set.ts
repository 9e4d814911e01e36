// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = [...Set(["A", req.path])].toReversed();
  return Response.json(env(list[0] ?? "A") ?? "");
}
