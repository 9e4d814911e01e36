// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names: [string] = [req.path];
  const v = env(...names) ?? "";
  return Response.text(`${v}`);
}
