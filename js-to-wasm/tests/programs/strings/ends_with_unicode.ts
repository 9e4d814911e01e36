// String: endsWith, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".endsWith("world")),
    JSON.stringify("Grüße, 世界 😀!".endsWith("😀!")),
    JSON.stringify("Grüße, 世界 😀!".endsWith("hello", 5)),
    JSON.stringify("Grüße, 世界 😀!".endsWith("")),
    JSON.stringify("Grüße, 世界 😀!".endsWith("x")),
  ];
  return Response.text(lines.join("\n"));
}
