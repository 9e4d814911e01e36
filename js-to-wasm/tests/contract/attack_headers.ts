// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const fields = Headers({ name: req.path });
  return Response.json(env(fields.get("name") ?? "A") ?? "");
}
