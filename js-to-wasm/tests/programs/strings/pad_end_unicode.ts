// String: padEnd, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".padEnd(20, ".")),
    JSON.stringify("Grüße, 世界 😀!".padEnd(2)),
    JSON.stringify("a".padEnd(6, "123")),
    JSON.stringify("a".padEnd(5, "世")),
  ];
  return Response.text(lines.join("\n"));
}
