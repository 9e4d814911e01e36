// Set: clear and chain
function handler(): Response {
  const s = Set([1]);
  s.clear();
  const lines = [
    JSON.stringify([...Set().add(1).add(2)]),
    JSON.stringify(s.size),
  ];
  return Response.text(lines.join("\n"));
}
