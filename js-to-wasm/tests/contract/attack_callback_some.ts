// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const found = [req.path].some((name) => env(name) !== undefined);
  return Response.json(found ?? "");
}
