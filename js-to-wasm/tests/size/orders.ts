// A hundred lines that read JSON, check it, compute and answer JSON: what a module of usual size does.
import { routerMatch } from "purview:router";

type Line = { article: string; count: number; price: number };
type Order = { id: string; customer: string; lines: Line[]; express: boolean };
type Total = { net: number; tax: number; shipping: number; gross: number };

const rates: Record<string, number> = { food: 0.026, books: 0.026, tools: 0.081 };
const articles: Record<string, string> = { apple: "food", bread: "food", atlas: "books", hammer: "tools", saw: "tools" };

const round = (amount: number): number => Math.round(amount * 100) / 100;
const sum = (list: number[]): number => list.reduce((total, one) => total + one, 0);
const isText = (value: unknown): boolean => typeof value === "string" && value.length > 0 && value.length <= 80;
const isCount = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value) && value > 0;

function problems(order: Order): string[] {
  const found: string[] = [];
  if (!isText(order.id)) {
    found.push("id: a text is needed");
  }
  if (!isText(order.customer)) {
    found.push("customer: a text is needed");
  }
  if (!Array.isArray(order.lines) || order.lines.length === 0) {
    return [...found, "lines: at least one is needed"];
  }
  for (const [at, line] of order.lines.entries()) {
    if (articles[line.article] === undefined) {
      found.push(`lines[${at}].article: there is no ${line.article}`);
    }
    if (!isCount(line.count)) {
      found.push(`lines[${at}].count: a whole number above 0 is needed`);
    }
  }
  return found;
}

function taxOf(line: Line): number {
  const kind = articles[line.article] ?? "tools";
  return line.count * line.price * (rates[kind] ?? 0);
}

function shipping(net: number, express: boolean): number {
  if (express) {
    return 18;
  }
  return net >= 100 ? 0 : 7.5;
}

function total(order: Order): Total {
  const net = sum(order.lines.map((line) => line.count * line.price));
  const tax = sum(order.lines.map(taxOf));
  const extra = shipping(net, order.express);
  return { net: round(net), tax: round(tax), shipping: extra, gross: round(net + tax + extra) };
}

function byKind(lines: Line[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const kind = articles[line.article] ?? "unknown";
    counts[kind] = (counts[kind] ?? 0) + line.count;
  }
  return counts;
}

function summary(order: Order): string {
  const names = order.lines.toSorted((a, b) => b.count - a.count).map((line) => `${line.count} × ${line.article}`);
  return `${order.customer.trim()}: ${names.join(", ")}`;
}

function price(request: Request): Response {
  const parsed = JSON.tryParse(request.text());
  if (!parsed.ok) {
    return Response.json({ error: "the body is no JSON" }, { status: 400 });
  }
  const order: Order = parsed.value;
  const found = problems(order);
  if (found.length > 0) {
    return Response.json({ error: "the order cannot be taken", problems: found }, { status: 422 });
  }
  return Response.json({
    id: order.id,
    summary: summary(order),
    kinds: byKind(order.lines),
    total: total(order),
    late: Date.now() < 0,
  });
}

function list(request: Request): Response {
  const wanted = (request.query.kind ?? "").toLowerCase();
  const names = Object.entries(articles).filter(([, kind]) => wanted === "" || kind === wanted).map(([name]) => name);
  return Response.json({ articles: names.toSorted(), rates }, { headers: { "cache-control": "max-age=60" } });
}

const routes = { "GET /articles": list, "POST /orders/price": price };

export default function handler(request: Request): Response {
  const found = routerMatch(routes, request);
  return found === undefined ? Response.json({ error: "not found" }, { status: 404 }) : found.handler(request);
}
