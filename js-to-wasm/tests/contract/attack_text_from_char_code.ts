// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  return Response.json(env(String.fromCharCode(req.path.length + 65)) ?? "");
}
