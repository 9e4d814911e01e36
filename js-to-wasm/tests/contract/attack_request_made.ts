// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const made = Request(req.url, { method: req.path });
  return Response.json(env(made.method) ?? "");
}
