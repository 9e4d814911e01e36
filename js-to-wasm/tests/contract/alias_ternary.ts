// {"env": ["A"]}
import { env } from "purview:env";
const none = (name: string): string | undefined => undefined;
export function handler(req: Request): Response {
  const v = (req.path === "/" ? env : none)("A") ?? "";
  return Response.text(`${v}`);
}
