// {}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const f = env;
  const v = typeof f;
  return Response.text(`${v}`);
}
