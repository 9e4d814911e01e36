// request: {"url": "/?sort=price&dir=desc"}
interface Product { readonly id: number; readonly name: string; readonly price: number; readonly tags: readonly string[] }
type SortKey = keyof Pick<Product, "name" | "price">;
const PRODUCTS: readonly Product[] = [
  { id: 1, name: "Lamp", price: 35, tags: ["home"] },
  { id: 2, name: "Desk", price: 210.5, tags: ["home", "office"] },
  { id: 3, name: "Pen <fine>", price: 2, tags: [] },
];
const isSortKey = (text: string | undefined): text is SortKey => text === "name" || text === "price";
const compare = (key: SortKey) => (a: Product, b: Product): number => {
  const [left, right] = [a[key], b[key]];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};
const price = (value: number): string => value.toFixed(2).padStart(8);
const Tags = ({ tags }: Pick<Product, "tags">) => (tags.length === 0 ? <i>none</i> : <>{tags.map((tag) => <b>{tag}</b>)}</>);
const Row = (product: Product & { odd: boolean }) => (
  <tr class={product.odd ? "odd" : "even"} data-id={product.id}>
    <td>{product.name}</td>
    <td>{price(product.price)}</td>
    <td><Tags tags={product.tags} /></td>
  </tr>
);
export function handler(req: Request): Response {
  const key = isSortKey(req.query.sort) ? req.query.sort : "name";
  const sorted = PRODUCTS.toSorted(compare(key));
  const list = req.query.dir === "desc" ? sorted.toReversed() : sorted;
  return Response.html(renderToString(<table>{list.map((product, index) => <Row {...product} odd={index % 2 === 1} />)}</table>));
}
