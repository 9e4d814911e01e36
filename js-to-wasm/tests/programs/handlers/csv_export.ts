// request: {"url":"/?min=1"}
type Cell = string | number | boolean | undefined;
type Column<R> = { title: string; value: (row: R) => Cell };

const escape = (cell: Cell): string => {
  if (cell === undefined) return "";
  if (typeof cell === "number") return cell.toFixed(2);
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return cell.includes(",") || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
};

function toCsv<R>(rows: R[], columns: Column<R>[]): string {
  const head = columns.map((column) => escape(column.title)).join(",");
  const lines = rows.map((row) => columns.map((column) => escape(column.value(row))).join(","));
  return [head, ...lines].join("\r\n");
}

interface Product {
  sku: string;
  name: string;
  price: number;
  stock?: number;
}

const products: Product[] = [
  { sku: "A1", name: "Pen, blue", price: 1.5, stock: 3 },
  { sku: "B2", name: 'The "pad"', price: 4 },
];

export const handler = (req: Request): Response => {
  const columns: Column<Product>[] = [
    { title: "SKU", value: (p) => p.sku },
    { title: "Name", value: (p) => p.name },
    { title: "Price", value: (p) => p.price },
    { title: "In stock", value: (p) => (p.stock ?? 0) > 0 },
  ];
  const min = Number(req.query.min ?? 0);
  const body = toCsv(products.filter(({ price }) => price >= min), columns);
  return Response.text(body, { headers: { "content-type": "text/csv; charset=utf-8" } });
};
