// request: {"url":"/?by=status"}
type Order = { id: number; customer: string; total: number; status: "open" | "paid" | "void" };

const orders: readonly Order[] = [
  { id: 1, customer: "ada", total: 10, status: "paid" },
  { id: 2, customer: "bob", total: 20.5, status: "open" },
  { id: 3, customer: "ada", total: 5, status: "void" },
];

function groupBy<T, K extends string>(items: readonly T[], key: (item: T) => K): Record<string, T[]> {
  return items.reduce<Record<string, T[]>>((groups, item) => {
    const name = key(item);
    const known = groups[name] ?? [];
    return { ...groups, [name]: [...known, item] };
  }, {});
}

function sumBy<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

export function handler(req: Request): Response {
  const by = req.query.by ?? "customer";
  const groups = by === "status" ? groupBy(orders, (order) => order.status) : groupBy(orders, (order) => order.customer);
  const report = Object.entries(groups).map(([name, list]) => ({
    name,
    count: list.length,
    total: sumBy(list, (order) => order.total),
  }));
  const sorted = report.toSorted((a, b) => b.total - a.total);
  return Response.json({ by, report: sorted, best: sorted[0]?.name ?? "none" });
}
