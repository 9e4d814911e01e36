// Compound assignment to fields and elements
function handler(): Response {
  const o = { n: 1, inner: { m: 2 } };
  o.n += 4;
  o.inner.m *= 10;
  const a = [1, 2, 3];
  a[1] = (a[1] ?? 0) - 5;
  const lines = [
    JSON.stringify(o),
    JSON.stringify(a),
  ];
  return Response.text(lines.join("\n"));
}
