// A to-do list with htmx. A module keeps nothing between requests, so the list travels with the page: a hidden field holds it, each
// form sends it, and the answer is the list as it is afterwards. htmx puts the fragment in place; without it the same forms post and
// get a whole page.
type Item = { done: boolean; text: string };

// One line an item: `1` or `0` for done or not, then its text. Whatever arrives gives some list.
const read = (field: string): Item[] =>
  field.split("\n").filter((line) => line.length > 1).slice(0, 100).map((line) => ({ done: line.startsWith("1"), text: line.slice(1) }));
const write = (items: Item[]): string => items.map((item) => (item.done ? "1" : "0") + item.text).join("\n");

// A field of a form as browsers send it; empty if it is not there.
function field(body: string, name: string): string {
  const pair = body.split("&").find((part) => part.startsWith(name + "="));
  if (pair === undefined) {
    return "";
  }
  return pair.slice(name.length + 1).replaceAll("+", " ") |> decodeURIComponent |> ((text) => text.replaceAll("\r\n", "\n"));
}

function change(path: string, items: Item[], body: string): Item[] {
  const at = parseInt(field(body, "at"), 10);
  const text = field(body, "text").replaceAll("\n", " ").trim().slice(0, 200);
  return match (path) {
    when "/add": text === "" ? items : [...items, { done: false, text }]
    when "/toggle": items.map((item, index) => (index === at ? { done: !item.done, text: item.text } : item))
    when "/clear": items.filter((item) => !item.done)
    default: items
  };
}

function Todos(props: { items: Item[] }) {
  const open = props.items.filter((item) => !item.done).length;
  return (
    <form id="todos" method="post" action="/add" hx-post="/add" hx-target="#todos" hx-swap="outerHTML">
      <input type="hidden" name="todos" value={write(props.items)} />
      <ul>
        {props.items.map((item, at) => (
          <li className={item.done ? "done" : "open"}>
            {item.text} <button name="at" value={at} formAction="/toggle" hx-post="/toggle">{item.done ? "undo" : "done"}</button>
          </li>
        ))}
      </ul>
      <input name="text" placeholder="What is to be done?" autoFocus={true} />
      <button>add</button>
      <button formAction="/clear" hx-post="/clear">clear what is done</button>
      <p>{open === 0 ? "nothing to do" : `${open} to do`}</p>
    </form>
  );
}

function page(items: Item[]): Response {
  return Response.html(
    "<!doctype html>" +
      renderToString(
        <html lang="en">
          <head>
            <title>To do</title>
            <script src="https://unpkg.com/htmx.org@2.0.4"></script>
          </head>
          <body>
            <Todos items={items} />
          </body>
        </html>,
      ),
  );
}

export default function handler(request: Request): Response {
  const { method, path } = request;
  if (method === "GET" && path === "/") {
    return page([]);
  }
  if (method === "POST" && (path === "/add" || path === "/toggle" || path === "/clear")) {
    const body = request.text();
    const items = change(path, read(field(body, "todos")), body);
    return request.headers.get("hx-request") === undefined ? page(items) : Response.html(renderToString(<Todos items={items} />));
  }
  return Response.text("nothing here", { status: 404 });
}
