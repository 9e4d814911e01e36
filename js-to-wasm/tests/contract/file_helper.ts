// {"env": ["A"]}
import { read } from "./b.ts";
export function handler(req: Request): Response {
  const v = read("A");
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
export const read = (n: string): string => env(n) ?? "";
