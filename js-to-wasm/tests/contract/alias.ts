// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const f = env;
  const v = f("A") ?? "";
  return Response.text(`${v}`);
}
