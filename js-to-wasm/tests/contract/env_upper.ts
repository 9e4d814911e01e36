// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env("a".toUpperCase()) ?? "";
  return Response.text(`${v}`);
}
