// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(req.path === "/" ? "A" : req.path === "/b" ? "B" : "C") ?? "";
  return Response.text(`${v}`);
}
