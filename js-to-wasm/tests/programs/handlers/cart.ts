interface Product { id: string; name: string; price: number; category: "book" | "food" | "other" }
interface CartLine { product: Product; quantity: number }
type Discount = { kind: "percent"; value: number } | { kind: "fixed"; value: number } | { kind: "buyXGetY"; x: number; y: number };
const TAX: Readonly<Record<Product["category"], number>> = { book: 0.07, food: 0.05, other: 0.19 };
const lineTotal = ({ product, quantity }: CartLine): number => product.price * quantity;
const discountFor = (discount: Discount, line: CartLine): number =>
  match (discount) {
    when { kind: "percent" }: lineTotal(line) * (discount.value / 100)
    when { kind: "fixed" }: Math.min(discount.value, lineTotal(line))
    when { kind: "buyXGetY" }: Math.floor(line.quantity / (discount.x + discount.y)) * discount.y * line.product.price
  };
function totals(lines: CartLine[], discounts: Partial<Record<string, Discount>>) {
  return lines.reduce(
    (sum, line) => {
      const discount = discounts[line.product.id];
      const reduced = lineTotal(line) - (discount === undefined ? 0 : discountFor(discount, line));
      return { net: sum.net + reduced, tax: sum.tax + reduced * TAX[line.product.category] };
    },
    { net: 0, tax: 0 },
  );
}
export function handler(req: Request): Response {
  const lines: CartLine[] = [
    { product: { id: "a", name: "Book", price: 10, category: "book" }, quantity: 3 },
    { product: { id: "b", name: "Apple", price: 0.5, category: "food" }, quantity: 10 },
  ];
  const { net, tax } = totals(lines, { a: { kind: "buyXGetY", x: 2, y: 1 }, b: { kind: "percent", value: 10 } });
  return Response.json({ net, tax: tax.toFixed(2), gross: (net + tax).toFixed(2) });
}
