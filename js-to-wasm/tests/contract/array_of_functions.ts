// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const fs = [env];
  const f = fs[0];
  const v = f === undefined ? "" : f("A") ?? "";
  return Response.text(`${v}`);
}
