// {}
import { sql } from "purview:sql";
sql("a", "SELECT 1");
export function handler(req: Request): Response {
  const v = 1;
  return Response.text(`${v}`);
}
