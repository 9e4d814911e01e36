// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(req.method.toUpperCase()) ?? "";
  return Response.text(`${v}`);
}
