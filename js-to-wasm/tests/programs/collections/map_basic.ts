// Map: set, get, has, delete, size
function handler(): Response {
  const m = Map();
  m.set("a", 1);
  m.set("b", 2);
  m.set("a", 3);
  const lines = [
    JSON.stringify(m.size),
    `${m.get("a")}`,
    `${m.get("z")}`,
    JSON.stringify(m.has("b")),
    JSON.stringify(m.delete("b")),
    JSON.stringify(m.delete("b")),
    JSON.stringify(m.size),
    JSON.stringify([...m.keys()]),
  ];
  return Response.text(lines.join("\n"));
}
