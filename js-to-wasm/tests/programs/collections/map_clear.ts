// Map: clear
function handler(): Response {
  const m = Map([["a", 1]]);
  m.clear();
  const lines = [
    JSON.stringify(m.size),
    JSON.stringify([...m].length),
  ];
  return Response.text(lines.join("\n"));
}
