// {"env": ["A"]}
import { tools } from "./b.ts";
export function handler(req: Request): Response {
  const v = tools.read("A") ?? "";
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
export const tools = { read: env };
