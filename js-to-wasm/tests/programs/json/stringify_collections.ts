// JSON.stringify: maps and sets have no fields
function handler(): Response {
  const lines = [
    JSON.stringify(Map([["a", 1]])),
    JSON.stringify(Set([1])),
    JSON.stringify({ m: Map() }),
  ];
  return Response.text(lines.join("\n"));
}
