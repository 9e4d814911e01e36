// {"env": ["*"]}
import { env } from "purview:env";
function pick(req: Request): string { if (req.path === "/") { return "A"; } return req.path; }
export function handler(req: Request): Response {
  const v = env(pick(req)) ?? "";
  return Response.text(`${v}`);
}
