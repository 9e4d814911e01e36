// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const table: Record<string, typeof env> = {};
  const v = (table["x"] ?? env)("A") ?? "";
  return Response.text(`${v}`);
}
