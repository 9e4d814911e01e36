// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env(Result.ok<string, string>(req.path).map((text) => text).unwrapOr("A")) ?? "");
}
