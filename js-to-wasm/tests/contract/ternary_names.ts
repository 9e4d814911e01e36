// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(req.path === "/" ? "A" : "B") ?? "";
  return Response.text(`${v}`);
}
