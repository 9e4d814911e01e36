// Map: counting
function handler(): Response {
  const counts = Map();
  for (const c of "abracadabra") {
    counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  const lines = [
    JSON.stringify([...counts].toSorted(([, a], [, b]) => b - a)),
  ];
  return Response.text(lines.join("\n"));
}
