// Default parameters
function handler(): Response {
  const f = (a: number, b = 10) => a + b;
  const g = (name = "nobody") => `hi ${name}`;
  const k = (a: number, b = a * 2, c = a + b) => [a, b, c];
  const lines = [
    JSON.stringify(f(1)),
    JSON.stringify(f(1, 2)),
    JSON.stringify(f(1, undefined)),
    JSON.stringify(g()),
    JSON.stringify(g("x")),
    JSON.stringify(k(2)),
    JSON.stringify(k(2, 3)),
  ];
  return Response.text(lines.join("\n"));
}
