// Object.groupBy
function handler(): Response {
  const lines = [
    JSON.stringify(Object.groupBy([1, 2, 3, 4], (n) => n % 2 === 0 ? "even" : "odd")),
    JSON.stringify(Object.groupBy(["a", "bb", "cc"], (s) => `${s.length}`)),
    JSON.stringify(Object.groupBy([], () => "x")),
  ];
  return Response.text(lines.join("\n"));
}
