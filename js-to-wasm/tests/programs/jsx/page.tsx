// A whole page
type Item = { name: string; done: boolean };
const Layout = ({ title, children }: { title: string; children?: unknown }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
    </head>
    <body>{children}</body>
  </html>
);
const Row = ({ item, index }: { item: Item; index: number }) => (
  <li id={`item-${index}`} class={item.done ? "done" : "open"}>
    {item.name} {item.done && <b>done</b>}
  </li>
);
function handler(): Response {
  const items: Item[] = [{ name: "write & test", done: true }, { name: "<ship>", done: false }];
  const page = (
    <Layout title="Todo">
      <h1>{items.length} items</h1>
      <ul>
        {items.map((item, index) => <Row item={item} index={index} />)}
      </ul>
    </Layout>
  );
  return Response.html(`<!doctype html>${renderToString(page)}`);
}
