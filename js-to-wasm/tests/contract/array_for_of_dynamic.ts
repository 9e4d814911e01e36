// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let v = "";
  for (const n of req.path.split("/")) { v = v + (env(n) ?? ""); }
  return Response.text(`${v}`);
}
