// {}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = 1;
  return Response.text(`${v}`);
}
