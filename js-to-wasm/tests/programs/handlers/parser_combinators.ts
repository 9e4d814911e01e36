// request: {"url": "/?q=1%2B2*(3%2B4)"}
type Parsed<T> = { ok: true; value: T; rest: string } | { ok: false; expected: string };
type Parser<T> = (input: string) => Parsed<T>;

const char = (wanted: string): Parser<string> => (input) =>
  input.startsWith(wanted) ? { ok: true, value: wanted, rest: input.slice(wanted.length) } : { ok: false, expected: wanted };
const map = <A, B>(parser: Parser<A>, f: (value: A) => B): Parser<B> => (input) => {
  const parsed = parser(input);
  return parsed.ok ? { ok: true, value: f(parsed.value), rest: parsed.rest } : parsed;
};
const both = <A, B>(first: Parser<A>, second: Parser<B>): Parser<[A, B]> => (input) => {
  const a = first(input);
  if (!a.ok) return a;
  const b = second(a.rest);
  return b.ok ? { ok: true, value: [a.value, b.value], rest: b.rest } : b;
};
const either = <A, B>(first: Parser<A>, second: Parser<B>): Parser<A | B> => (input) => {
  const a = first(input);
  return a.ok ? a : second(input);
};
const many = <T,>(parser: Parser<T>): Parser<T[]> => (input) => {
  const one = parser(input);
  if (!one.ok) return { ok: true, value: [], rest: input };
  const others = many(parser)(one.rest);
  return others.ok ? { ok: true, value: [one.value, ...others.value], rest: others.rest } : others;
};
const lazy = <T,>(make: () => Parser<T>): Parser<T> => (input) => make()(input);

const digit = "0123456789".split("").map(char).reduce((a, b) => either(a, b));
const number: Parser<number> = map(both(digit, many(digit)), ([first, others]) => Number([first, ...others].join("")));
const group: Parser<number> = map(both(char("("), both(lazy(() => sum), char(")"))), ([, [value]]) => value);
const factor = either(number, group);
const product: Parser<number> = map(both(factor, many(both(char("*"), factor))), ([first, others]) => others.reduce((all, [, value]) => all * value, first));
const sum: Parser<number> = map(both(product, many(both(char("+"), product))), ([first, others]) => others.reduce((all, [, value]) => all + value, first));

export function handler(req: Request): Response {
  const parsed = sum(req.query.q ?? "");
  if (!parsed.ok) {
    return Response.json({ error: `expected ${parsed.expected}` }, { status: 400 });
  }
  return parsed.rest === "" ? Response.json({ value: parsed.value }) : Response.json({ error: `unexpected ${parsed.rest}` }, { status: 400 });
}
