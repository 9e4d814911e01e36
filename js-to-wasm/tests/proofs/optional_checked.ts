// {"proven": ["optional_safe", "result_safe"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const a = env("A");
  if (a === undefined) { return Response.text("no"); }
  return Response.text(a.trim());
}
