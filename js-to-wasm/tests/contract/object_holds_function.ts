// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o = { env };
  const v = o.env("A") ?? "";
  return Response.text(`${v}`);
}
