// {"sql": ["a", "b"]}
import { sql, sqlMany } from "purview:sql";
sql("a", "SELECT 1");
sql("b", "SELECT 2");
export function handler(req: Request): Response {
  const v = sqlMany(req.path === "/" ? "a" : "b").length;
  return Response.text(`${v}`);
}
