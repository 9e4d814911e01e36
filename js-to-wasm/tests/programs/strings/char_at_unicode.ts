// String: charAt, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".charAt(0)),
    JSON.stringify("Grüße, 世界 😀!".charAt(4)),
    JSON.stringify("Grüße, 世界 😀!".charAt(100)),
    JSON.stringify("Grüße, 世界 😀!".charAt(-1)),
    JSON.stringify("Grüße, 世界 😀!".charAt(11)),
  ];
  return Response.text(lines.join("\n"));
}
