// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names: [string] = ["A"];
  const v = env(...names) ?? "";
  return Response.text(`${v}`);
}
