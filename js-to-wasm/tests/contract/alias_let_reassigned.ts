// {"env": ["A"]}
import { env } from "purview:env";
const other = (name: string): string | undefined => name;
export function handler(req: Request): Response {
  let f = other;
  if (req.path === "/") { f = env; }
  const v = f("A") ?? "";
  return Response.text(`${v}`);
}
