// Appending to a text that is shared
function handler(): Response {
  const a = "start";
  const b = a + "-left";
  const c = a + "-right";
  const lines = [
    JSON.stringify(a),
    JSON.stringify(b),
    JSON.stringify(c),
  ];
  return Response.text(lines.join("\n"));
}
