// Array: chained
function handler(): Response {
  const lines = [
    JSON.stringify(range(1, 11).filter((n) => n % 2 === 0).map((n) => n * n).reduce((sum, n) => sum + n, 0)),
    JSON.stringify(["b", "a"].toSorted().map((s) => s.toUpperCase()).join()),
  ];
  return Response.text(lines.join("\n"));
}
