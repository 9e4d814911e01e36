// {"proven": ["injection_safe"], "open": {"read_only": "reads the database", "deterministic": "reads the database"}}
import { sql, sqlOne } from "purview:sql";
sql("one", "SELECT 1 AS n");
export function handler(req: Request): Response {
  return Response.json(sqlOne("one"));
}
