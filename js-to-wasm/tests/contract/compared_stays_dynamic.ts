// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = req.path;
  const v = n === "A" ? env(n) ?? "" : "";
  return Response.text(`${v}`);
}
