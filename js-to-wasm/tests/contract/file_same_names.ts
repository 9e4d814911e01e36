// {"env": ["A"]}
import { env } from "purview:env";
import { name as other } from "./b.ts";
const name = "A";
export function handler(req: Request): Response {
  const v = (env(name) ?? "") + other;
  return Response.text(`${v}`);
}
// file: b.ts
export const name = "NOT";
