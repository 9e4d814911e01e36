// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let v = "";
  for (const n of Set(["A", "B"])) { v = v + (env(n) ?? ""); }
  return Response.text(`${v}`);
}
