// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = ((n: string): string => env(n) ?? "")("A");
  return Response.text(`${v}`);
}
