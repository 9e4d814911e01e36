// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const m = Map();
  m.set("k", env);
  const f = m.get("k");
  const v = f === undefined ? "" : f("A") ?? "";
  return Response.text(`${v}`);
}
