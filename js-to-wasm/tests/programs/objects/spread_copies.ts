// A spread is a shallow copy
function handler(): Response {
  const a = { n: 1, inner: { m: 1 } };
  const b = { ...a };
  b.n = 2;
  b.inner.m = 5;
  const lines = [
    JSON.stringify(a),
    JSON.stringify(b),
    JSON.stringify(a.inner === b.inner),
  ];
  return Response.text(lines.join("\n"));
}
