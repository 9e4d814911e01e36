// String: endsWith, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".endsWith("world")),
    JSON.stringify("hello world".endsWith("😀!")),
    JSON.stringify("hello world".endsWith("hello", 5)),
    JSON.stringify("hello world".endsWith("")),
    JSON.stringify("hello world".endsWith("x")),
  ];
  return Response.text(lines.join("\n"));
}
