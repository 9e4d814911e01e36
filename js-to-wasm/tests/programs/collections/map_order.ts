// Map keeps the order of insertion
function handler(): Response {
  const m = Map([["b", 1], ["a", 2], ["10", 3], ["9", 4]]);
  m.delete("b");
  m.set("b", 5);
  m.set("a", 6);
  const lines = [
    JSON.stringify([...m.keys()]),
  ];
  return Response.text(lines.join("\n"));
}
