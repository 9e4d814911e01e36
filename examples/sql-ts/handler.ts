// Rows of the operator's SQLite database. The statements stand in the module, where `purview inspect` and the policy see them by name;
// the database takes them before the first request, or the handler is not served. Values are parameters, never SQL.
//
// `sqlite3 library.db < schema.sql` makes the database, `--sql library.db` names it.
import { sql, sqlExec, sqlMany, sqlOne } from "purview:sql";

sql("all books", "SELECT id, title, year FROM books ORDER BY year, id");
sql("book by id", "SELECT id, title, year FROM books WHERE id = ?1");
sql("add book", "INSERT INTO books (title, year) VALUES (:title, :year)");

function show(id: string): Response {
  const book = sqlOne("book by id", [Number(id)]);
  return book === undefined ? Response.text("there is no such book", { status: 404 }) : Response.json(book);
}

function add(request: Request): Response {
  const { title, year } = request.json() ?? {};
  assert typeof title === "string", Response.text("a book has a title", { status: 422 });
  const done = sqlExec("add book", { title, year });
  if (done.error !== undefined) {
    return done.error === "SqlConstraint"
      ? Response.text("there is such a book", { status: 409 })
      : Response.text("the database refuses", { status: 500 });
  }
  const id = done.lastInsertRowId;
  return Response.json({ id, title, year }, { status: 201, headers: { location: `/books/${id}` } });
}

export default function handler(request: Request): Response {
  const [, what, id] = request.path.split("/");
  assert what === "books", Response.text("nothing here", { status: 404 });
  if (request.method === "POST") {
    return add(request);
  }
  return id === undefined ? Response.json(sqlMany("all books")) : show(id);
}
