// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = [Object.fromEntries([["n", req.path]]).n ?? "A"];
  return Response.json(env(list[0] ?? "A") ?? "");
}
