// {"open": {"input_validated": ""}}
import { sql, sqlExec } from "purview:sql";
sql("a", "INSERT INTO t VALUES (:x)");
export function handler(req: Request): Response {
  const row = { x: [req.path][0] };
  sqlExec("a", row);
  return Response.json(1);
}
