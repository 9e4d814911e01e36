// String: toUpperCase, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".toUpperCase()),
    JSON.stringify("abc XYZ 123".toUpperCase()),
  ];
  return Response.text(lines.join("\n"));
}
