// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = ["A", "B"].join("_");
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
