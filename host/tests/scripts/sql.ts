// Statements of every kind and what they give.
import { sql, sqlExec, sqlMany, sqlOne } from "purview:sql";

sql("all", "SELECT id, name, score, picture FROM users ORDER BY id");
sql("by name", "SELECT id FROM users WHERE name = :name");
sql("add", "INSERT INTO users (name, score) VALUES (?1, ?2)");
sql("count", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ?1) SELECT count(*) AS count FROM n");

sql("rows", "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT ?1) SELECT x FROM n");
sql("text", "SELECT ?1 AS text");

export default function handler(request: Request): Response {
  const name = request.query.name ?? "";
  switch (request.path) {
    case "/all":
      return Response.json(sqlMany("all"));
    case "/one":
      return Response.json({ row: sqlOne("by name", { name }) });
    case "/add":
      return Response.json(sqlExec("add", [name, Number(request.query.score)]));
    case "/count":
      return Response.json(sqlOne("count", [Number(request.query.to)]));
    case "/rows":
      return Response.text(`${sqlMany("rows", [Number(request.query.to)]).length}`);
    case "/text":
      return Response.text(`${sqlMany("text", ["x".repeat(Number(request.query.to))]).length}`);
    default:
      return Response.text("?", { status: 404 });
  }
}
