// String: startsWith, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".startsWith("hell")),
    JSON.stringify("Grüße, 世界 😀!".startsWith("Grü")),
    JSON.stringify("Grüße, 世界 😀!".startsWith("o", 4)),
    JSON.stringify("Grüße, 世界 😀!".startsWith("")),
    JSON.stringify("Grüße, 世界 😀!".startsWith("x")),
  ];
  return Response.text(lines.join("\n"));
}
