// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = ["A", "B"].reduce((sum, n) => sum + n, "");
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
