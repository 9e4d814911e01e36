// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const made = Response.text("", { headers: { name: req.path } });
  return Response.json(env(made.headers.get("name") ?? "A") ?? "");
}
