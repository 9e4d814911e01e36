// String: startsWith, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".startsWith("hell")),
    JSON.stringify("hello world".startsWith("Grü")),
    JSON.stringify("hello world".startsWith("o", 4)),
    JSON.stringify("hello world".startsWith("")),
    JSON.stringify("hello world".startsWith("x")),
  ];
  return Response.text(lines.join("\n"));
}
