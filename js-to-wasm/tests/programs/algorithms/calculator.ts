// A calculator
const tokens = (text: string): string[] => text.replaceAll("(", " ( ").replaceAll(")", " ) ").split(" ").filter((t) => t !== "");
type Read = { value: number; rest: string[] };
const atom = ([first = "0", ...rest]: string[]): Read => {
  if (first !== "(") {
    return { value: Number(first), rest };
  }
  const inner = sum(rest);
  return { value: inner.value, rest: inner.rest.slice(1) };
};
const more = (left: Read, ops: string[], next: (rest: string[]) => Read): Read => {
  const op = left.rest[0] ?? "";
  if (!ops.includes(op)) {
    return left;
  }
  const right = next(left.rest.slice(1));
  const value = match (op) { when "+": left.value + right.value when "-": left.value - right.value when "*": left.value * right.value default: left.value / right.value };
  return more({ value, rest: right.rest }, ops, next);
};
const product = (list: string[]): Read => more(atom(list), ["*", "/"], atom);
function sum(list: string[]): Read {
  return more(product(list), ["+", "-"], product);
}
const calculate = (text: string): number => sum(tokens(text)).value;
function handler(): Response {
  const lines = [
    JSON.stringify(["1 + 2 * 3", "(1 + 2) * 3", "10 / 4 - 1", "2 * (3 + (4 - 1))"].map(calculate)),
  ];
  return Response.text(lines.join("\n"));
}
