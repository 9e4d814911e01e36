// {"env": ["*"]}
import { env } from "purview:env";
function isName(s: string): s is "A" { return s.length > 0; }
export function handler(req: Request): Response {
  const n = req.path;
  const v = isName(n) ? env(n) ?? "" : "";
  return Response.text(`${v}`);
}
