// Map.groupBy
function handler(): Response {
  const lines = [
    JSON.stringify([...Map.groupBy([1, 2, 3, 4, 5], (n) => n % 3)]),
    JSON.stringify([...Map.groupBy([], () => 1)]),
  ];
  return Response.text(lines.join("\n"));
}
