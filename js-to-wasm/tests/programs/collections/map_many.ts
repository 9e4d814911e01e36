// A map with many keys
function handler(): Response {
  const m = Map();
  for (const i of range(5000)) {
    m.set(`k${i}`, i);
  }
  for (const i of range(100)) {
    m.set(i, -i);
    m.delete(`k${i}`);
  }
  const lines = [
    JSON.stringify(m.size),
    `${m.get("k4321")}`,
    `${m.get(77)}`,
    JSON.stringify([...m.keys()].slice(0, 3)),
  ];
  return Response.text(lines.join("\n"));
}
