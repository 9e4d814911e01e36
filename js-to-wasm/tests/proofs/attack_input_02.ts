// {"open": {"input_validated": ""}}
import { sql, sqlExec } from "purview:sql";
sql("a", "INSERT INTO t VALUES (?1)");
export function handler(req: Request): Response {
  sqlExec("a", [req.path]);
  return Response.json(1);
}
