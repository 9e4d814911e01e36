// {"env": ["*"]}
import { read } from "./b.ts";
export function handler(req: Request): Response {
  const v = read(req.path) ?? "";
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
export const read = env;
