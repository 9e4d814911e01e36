// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const f = env;
  const v = f(req.path) ?? "";
  return Response.text(`${v}`);
}
