// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const found = [req.path].find((name) => env(name) !== undefined);
  return Response.json(found ?? "");
}
