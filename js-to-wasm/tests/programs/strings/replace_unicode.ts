// String: replace, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".replace("o", "0")),
    JSON.stringify("Grüße, 世界 😀!".replace("zz", "y")),
    JSON.stringify("Grüße, 世界 😀!".replace(" ", "")),
    JSON.stringify("Grüße, 世界 😀!".replace("", "^")),
    JSON.stringify("Grüße, 世界 😀!".replace("世界", "Welt")),
  ];
  return Response.text(lines.join("\n"));
}
