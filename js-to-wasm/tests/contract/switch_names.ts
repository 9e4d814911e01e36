// {"env": ["A", "B"]}
import { env } from "purview:env";
function pick(path: string): string { switch (path) { case "/": return "A"; default: return "B"; } }
export function handler(req: Request): Response {
  const v = env(pick(req.path)) ?? "";
  return Response.text(`${v}`);
}
