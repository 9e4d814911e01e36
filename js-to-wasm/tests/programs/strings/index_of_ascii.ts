// String: indexOf, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".indexOf("o")),
    JSON.stringify("hello world".indexOf("世")),
    JSON.stringify("hello world".indexOf("l", 4)),
    JSON.stringify("hello world".indexOf("")),
    JSON.stringify("hello world".indexOf("", 99)),
    JSON.stringify("hello world".indexOf("zz")),
    JSON.stringify("hello world".indexOf("!", -5)),
  ];
  return Response.text(lines.join("\n"));
}
