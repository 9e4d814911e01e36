// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const all = { name: "A", ...req.query };
  return Response.json(env(all.name ?? "B") ?? "");
}
