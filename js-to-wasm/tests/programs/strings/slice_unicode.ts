// String: slice, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".slice(1, 4)),
    JSON.stringify("Grüße, 世界 😀!".slice(-3)),
    JSON.stringify("Grüße, 世界 😀!".slice(2)),
    JSON.stringify("Grüße, 世界 😀!".slice(4, 2)),
    JSON.stringify("Grüße, 世界 😀!".slice(-5, -1)),
    JSON.stringify("Grüße, 世界 😀!".slice(0, 99)),
    JSON.stringify("Grüße, 世界 😀!".slice()),
    JSON.stringify("Grüße, 世界 😀!".slice(10, 12)),
  ];
  return Response.text(lines.join("\n"));
}
