// Set: add, has, delete, size
function handler(): Response {
  const s = Set();
  s.add(1);
  s.add(2);
  s.add(1);
  const lines = [
    JSON.stringify(s.size),
    JSON.stringify(s.has(2)),
    JSON.stringify(s.has(9)),
    JSON.stringify(s.delete(2)),
    JSON.stringify(s.has(2)),
    JSON.stringify([...s]),
  ];
  return Response.text(lines.join("\n"));
}
