// {"env": ["A"]}
import { secret } from "./b.ts";
export function handler(req: Request): Response {
  const v = secret;
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
export const secret = env("A") ?? "";
