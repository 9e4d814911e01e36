// {"open": {"injection_safe": "without escaping it"}}
import { sql, sqlOne } from "purview:sql";
export function handler(req: Request): Response {
  sql("q", `SELECT * FROM t WHERE id = ${req.query.id ?? ""}`);
  return Response.json(sqlOne("q"));
}
