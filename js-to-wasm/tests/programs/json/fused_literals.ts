// JSON: literals whose text is known in part
function maybe(give: boolean): string | undefined {
  return give ? "yes" : undefined;
}

function handler(): Response {
  const name = "A \"B\" \u00e9 \ud800";
  const count = 3;
  const lines = [
    JSON.stringify({ name, count, ok: count > 2, "a b": 1.5, 'q"uote': -0 }),
    JSON.stringify({ a: maybe(false), b: maybe(true), c: maybe(false), d: { e: maybe(false) } }),
    JSON.stringify({ a: maybe(false), b: 1, c: [maybe(false), maybe(true), undefined, [], {}] }),
    JSON.stringify([1, "two", true, { three: [name.length] }, NaN, 1e21, 1e-7]),
    JSON.stringify({ f: () => 1, n: 1 / 0, nested: { f: () => 2 } }),
    JSON.stringify({ x: 1, 2: "two", 1: "one" }),
    JSON.stringify({ x: 1, ["y" + count]: 2, x2: JSON.parse("null") ?? "null" }),
    JSON.stringify({ ...{ a: 1 }, b: maybe(false), c: 2 }),
    JSON.stringify({ first: maybe(false), list: [{ a: maybe(true), b: maybe(false) }, { z: maybe(false) }] }),
    JSON.stringify({ a: 1, b: { c: [1, 2] } }, undefined, 1),
    JSON.stringify([maybe(true)].map((value) => ({ value, missing: maybe(false), end: true }))),
  ];
  const order: string[] = [];
  const note = (text: string): string => {
    order.push(text);
    return text;
  };
  const made = JSON.stringify({ one: note("1"), two: [note("2"), { three: note("3") }], four: note("4") });
  return Response.json(
    { lines, made, order: order.join(""), missing: maybe(false), last: maybe(true) },
    { status: order.length === 4 ? 201 : 500 },
  );
}
