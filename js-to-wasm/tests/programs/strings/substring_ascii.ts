// String: substring, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".substring(1, 4)),
    JSON.stringify("hello world".substring(4, 1)),
    JSON.stringify("hello world".substring(-3)),
    JSON.stringify("hello world".substring(6)),
    JSON.stringify("hello world".substring(3, 99)),
    JSON.stringify("hello world".substring(10, 12)),
  ];
  return Response.text(lines.join("\n"));
}
