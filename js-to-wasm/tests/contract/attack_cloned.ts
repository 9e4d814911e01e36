// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const copy = structuredClone({ name: [req.path] });
  return Response.json(env(copy.name[0] ?? "A") ?? "");
}
