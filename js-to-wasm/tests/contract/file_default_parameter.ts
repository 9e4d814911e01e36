// {"env": ["A"]}
import { read } from "./b.ts";
export function handler(req: Request): Response {
  const v = read();
  return Response.text(`${v}`);
}
// file: b.ts
import { env } from "purview:env";
const NAME = "A";
export const read = (n: string = NAME): string => env(n) ?? "";
