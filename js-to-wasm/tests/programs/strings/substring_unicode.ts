// String: substring, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".substring(1, 4)),
    JSON.stringify("Grüße, 世界 😀!".substring(4, 1)),
    JSON.stringify("Grüße, 世界 😀!".substring(-3)),
    JSON.stringify("Grüße, 世界 😀!".substring(6)),
    JSON.stringify("Grüße, 世界 😀!".substring(3, 99)),
    JSON.stringify("Grüße, 世界 😀!".substring(10, 12)),
  ];
  return Response.text(lines.join("\n"));
}
