// request: {"url":"/?to=gbp"}
distinct type Cents = number;
type Currency = "EUR" | "USD" | "GBP";
type Money = { readonly amount: Cents; readonly currency: Currency };

const rates: Record<Currency, number> = { EUR: 1, USD: 1.1, GBP: 0.85 };
const isCurrency = (text: string): text is Currency => text === "EUR" || text === "USD" || text === "GBP";

const add = (a: Money, b: Money): Result<Money, string> =>
  a.currency === b.currency
    ? Result.ok({ amount: Cents(a.amount + b.amount), currency: a.currency })
    : Result.err(`cannot add ${a.currency} and ${b.currency}`);

const convert = (money: Money, to: Currency): Money => ({
  amount: Cents(Math.round((money.amount / rates[money.currency]) * rates[to])),
  currency: to,
});

const format = ({ amount, currency }: Money): string => `${(amount / 100).toFixed(2)} ${currency}`;

export function handler(req: Request): Response {
  const wanted = (req.query.to ?? "EUR").toUpperCase();
  if (!isCurrency(wanted)) {
    return Response.json({ error: `unknown currency ${wanted}` }, { status: 400 });
  }
  const prices: Money[] = [
    { amount: Cents(1999), currency: "USD" },
    { amount: Cents(500), currency: "GBP" },
  ];
  const total = prices
    .map((price) => convert(price, wanted))
    .reduce((sum, price) => add(sum, price).unwrapOr(sum), { amount: Cents(0), currency: wanted });
  return Response.json({ total: format(total) });
}
