// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = ["A", "B"].reduce((sum, n) => sum + (env(n) ?? ""), "");
  return Response.text(`${v}`);
}
