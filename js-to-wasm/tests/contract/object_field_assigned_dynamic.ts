// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { name: "A" };
  o.name = req.path;
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
