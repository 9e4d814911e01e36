// {"env": ["*"]}
import { env } from "purview:env";
import { pipe } from "purview:compose";
export function handler(req: Request): Response {
  return Response.json(pipe((name: string) => name, env)(req.path) ?? "");
}
