// Map: set gives the map
function handler(): Response {
  const lines = [
    JSON.stringify([...Map().set("a", 1).set("b", 2)]),
  ];
  return Response.text(lines.join("\n"));
}
