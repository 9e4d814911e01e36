// String: padEnd, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".padEnd(20, ".")),
    JSON.stringify("hello world".padEnd(2)),
    JSON.stringify("a".padEnd(6, "123")),
    JSON.stringify("a".padEnd(5, "世")),
  ];
  return Response.text(lines.join("\n"));
}
