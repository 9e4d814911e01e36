// {"env": ["A", "B", "C"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = match (req.path) { when "/": "A" when "/b": "B" default: "C" };
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
