// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let n = "A";
  if (req.path === "/") { n = "B"; }
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
