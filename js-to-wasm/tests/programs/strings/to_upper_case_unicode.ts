// String: toUpperCase, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".toUpperCase()),
    JSON.stringify("straße ñ ﬁ".toUpperCase()),
  ];
  return Response.text(lines.join("\n"));
}
