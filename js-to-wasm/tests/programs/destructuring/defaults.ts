// Defaults
function handler(): Response {
  const out: string[] = [];
  const read = ({ a = 1, b = a + 1 }: { a?: number; b?: number }) => `${a},${b}`;
  out.push(read({}), read({ a: 5 }), read({ b: 0 }));
  const [x = "none", y = "none"] = ["given"];
  out.push(x, y);
  return Response.text(out.join("\n"));
}
