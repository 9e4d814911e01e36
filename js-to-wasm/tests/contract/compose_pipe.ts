// {"env": ["*"]}
import { env } from "purview:env";
import { pipe } from "purview:compose";
const upper = (s: string): string => s.toUpperCase();
const read = (s: string): string => env(s) ?? "";
export function handler(req: Request): Response {
  const v = pipe(upper, read)("a");
  return Response.text(`${v}`);
}
