// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = match (req.path) { when "/": "A" default: req.path };
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
