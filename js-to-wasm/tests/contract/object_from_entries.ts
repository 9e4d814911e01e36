// {"env": ["A", "a"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = Object.fromEntries([["a", "A"]]);
  const v = env(o.a ?? "") ?? "";
  return Response.text(`${v}`);
}
