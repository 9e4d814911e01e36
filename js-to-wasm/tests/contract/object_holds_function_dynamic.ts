// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { read: env };
  const v = o.read(req.path) ?? "";
  return Response.text(`${v}`);
}
