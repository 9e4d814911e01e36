// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const n = ["A", "B"].find((n) => n === req.path);
  const v = n === undefined ? "" : env(n) ?? "";
  return Response.text(`${v}`);
}
