// Set: union, intersection, difference
function handler(): Response {
  const a = Set([1, 2, 3]);
  const b = Set([2, 3, 4]);
  const lines = [
    JSON.stringify([...Set([...a, ...b])]),
    JSON.stringify([...a].filter((x) => b.has(x))),
    JSON.stringify([...a].filter((x) => !b.has(x))),
  ];
  return Response.text(lines.join("\n"));
}
