// {"env": ["A", "B"]}
import { env } from "purview:env";
function pick(req: Request): string { if (req.path === "/") { return "A"; } return "B"; }
export function handler(req: Request): Response {
  const v = env(pick(req)) ?? "";
  return Response.text(`${v}`);
}
