// {"env": ["A"]}
import { read as r } from "./b.ts";
export function handler(req: Request): Response {
  const v = r("A") ?? "";
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
export const read = env;
