// {"env": ["A"]}
import { env } from "purview:env";
const none = (n: string): string | undefined => n;
export function handler(req: Request): Response {
  const f = match (req.path) { when "/": env default: none };
  const v = f("A") ?? "";
  return Response.text(`${v}`);
}
