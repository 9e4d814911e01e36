// String: toLowerCase, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".toLowerCase()),
    JSON.stringify("ABC xyz 123".toLowerCase()),
  ];
  return Response.text(lines.join("\n"));
}
