// String: indexOf, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".indexOf("o")),
    JSON.stringify("Grüße, 世界 😀!".indexOf("世")),
    JSON.stringify("Grüße, 世界 😀!".indexOf("l", 4)),
    JSON.stringify("Grüße, 世界 😀!".indexOf("")),
    JSON.stringify("Grüße, 世界 😀!".indexOf("", 99)),
    JSON.stringify("Grüße, 世界 😀!".indexOf("zz")),
    JSON.stringify("Grüße, 世界 😀!".indexOf("!", -5)),
  ];
  return Response.text(lines.join("\n"));
}
