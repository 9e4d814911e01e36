// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const m = Map();
  m.set("k", req.path);
  const v = env(m.get("k") ?? "B") ?? "";
  return Response.text(`${v}`);
}
