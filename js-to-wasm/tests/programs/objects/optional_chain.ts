// Optional chaining
function handler(): Response {
  type O = { a?: { b?: { c: number } }; x?: { b: { c: { d: number }; f: (n: number) => { c: number } | undefined } }; list?: number[]; none?: number[]; f?: (n: number) => number; g?: (n: number) => number };
  const o: O = { a: { b: { c: 1 } }, list: [1, 2], f: (n: number) => n * 2 };
  const lines = [
    `${o.a?.b?.c}`,
    `${o.x?.b.c.d}`,
    `${o.list?.[1]}`,
    `${o.none?.[1]}`,
    `${o.f?.(2)}`,
    `${o.g?.(2)}`,
    `${o.x?.b.f(1)?.c}`,
  ];
  return Response.text(lines.join("\n"));
}
