// Methods in objects
function handler(): Response {
  const o = {
    twice(n: number) { return n * 2; },
    add: (a: number, b: number) => a + b,
    make(name: string) { return { name }; },
    "quoted-name"() { return 1; },
  };
  const lines = [
    JSON.stringify(o.twice(4)),
    JSON.stringify(o.add(1, 2)),
    JSON.stringify(o.make("x").name),
    JSON.stringify(Object.keys(o)),
  ];
  return Response.text(lines.join("\n"));
}
