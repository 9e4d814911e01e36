// {"proven": ["injection_safe"], "open": {"input_validated": "nothing validated"}}
import { sql, sqlOne } from "purview:sql";
sql("q", "SELECT * FROM t WHERE id = ?");
export function handler(req: Request): Response {
  return Response.json(sqlOne("q", [req.query.id]));
}
