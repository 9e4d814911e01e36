// {"env": ["*"]}
import { env } from "purview:env";
const tools = Map<string, (name: string) => string | undefined>([["a", env]]);
export function handler(req: Request): Response {
  return Response.json(tools.get(req.query.k ?? "a")?.(req.path) ?? "");
}
