// Elements
type Item = { id: number; title: string };
const Row = ({ item, big = false }: { item: Item; big?: boolean }) => <li class={big ? "big" : "small"}>{item.title}</li>;
const Page = ({ title, children }: { title: string; children?: unknown }) => <main><h1>{title}</h1>{children}</main>;
export function handler(req: Request): Response {
  const items: Item[] = [{ id: 1, title: "a" }];
  const page = <Page title={5}>
    <Row item={items[0]} />
    <Row item={{ id: 1 }} />
    <Row items={items} />
    <Row item={{ id: 1, title: "a" }} big="yes" />
    {items.length && <p>some</p>}
    {req.query.name && <b>name</b>}
    {items.map((item) => <Row item={item.name} />)}
    <Page />
  </Page>;
  return Response.html(renderToString(page));
}
