// {"env": ["A"]}
import { env } from "purview:env";
import { NAME } from "./b.ts";
export function handler(req: Request): Response {
  const v = env(NAME) ?? "";
  return Response.text(`${v}`);
}
// file: b.ts
export const NAME = "A";
