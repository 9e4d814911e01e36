// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const r = Result.ok("A").map((n) => env(n) ?? "");
  const v = r.unwrapOr("");
  return Response.text(`${v}`);
}
