// Routing with `match`: method and path choose the answer. The compiler proves these routes and exports each by its name:
// `purview inspect` shows them.
type Book = { id: string; title: string; year: number };

const books: Book[] = [
  { id: "1", title: "Momo", year: 1973 },
  { id: "2", title: "Krabat", year: 1971 },
];

function search(words: string | undefined): Response {
  const found = books.filter((book) => book.title.toLowerCase().includes((words ?? "").toLowerCase()));
  return Response.json(found);
}

function newest(): Response {
  return Response.json(books.toSorted((a, b) => b.year - a.year).at(0));
}

function notFound(request: Request): Response {
  return Response.json({ error: `no ${request.method} ${request.path}` }, { status: 404 });
}

export function handler(request: Request): Response {
  const { method, path } = request;
  return match (`${method} ${path}`) {
    when "GET /": Response.redirect("/books")
    when "GET /books": search(request.query.title)
    when "GET /books/newest": newest()
    when "POST /books": Response.json({ error: "this shelf is full" }, { status: 409, headers: { "retry-after": "86400" } })
    default: notFound(request)
  };
}
