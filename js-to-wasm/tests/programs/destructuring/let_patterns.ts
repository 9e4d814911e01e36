// let with patterns
function handler(): Response {
  const out: string[] = [];
  let [a, b] = [1, 2];
  let { c } = { c: 3 };
  a += 10;
  b *= a;
  c -= b;
  out.push(`${a} ${b} ${c}`);
  return Response.text(out.join("\n"));
}
