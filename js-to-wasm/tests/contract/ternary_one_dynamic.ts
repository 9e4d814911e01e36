// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(req.path === "/" ? "A" : req.path) ?? "";
  return Response.text(`${v}`);
}
