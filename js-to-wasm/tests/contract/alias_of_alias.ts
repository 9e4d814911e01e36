// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const f = env;
  const g = f;
  const v = g("A") ?? "";
  return Response.text(`${v}`);
}
