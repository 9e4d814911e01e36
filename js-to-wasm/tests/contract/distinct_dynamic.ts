// {"env": ["*"]}
import { env } from "purview:env";
distinct type Name = string;
export function handler(req: Request): Response {
  const n = Name(req.path);
  const v = env(n) ?? "";
  return Response.text(`${v}`);
}
