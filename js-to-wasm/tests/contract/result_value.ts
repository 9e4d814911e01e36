// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const r = Result.ok("A");
  const v = env(r.unwrapOr("B")) ?? "";
  return Response.text(`${v}`);
}
