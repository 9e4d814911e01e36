// String: charAt, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".charAt(0)),
    JSON.stringify("hello world".charAt(4)),
    JSON.stringify("hello world".charAt(100)),
    JSON.stringify("hello world".charAt(-1)),
    JSON.stringify("hello world".charAt(11)),
  ];
  return Response.text(lines.join("\n"));
}
