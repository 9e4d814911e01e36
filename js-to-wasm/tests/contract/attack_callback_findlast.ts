// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const found = [req.path].findLast((name) => env(name) !== undefined);
  return Response.json(found ?? "");
}
