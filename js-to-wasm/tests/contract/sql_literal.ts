// {"sql": ["list"]}
import { sql, sqlOne } from "purview:sql";
sql("list", "SELECT 1 AS n");
export function handler(req: Request): Response {
  const v = sqlOne("list")?.n;
  return Response.text(`${v}`);
}
