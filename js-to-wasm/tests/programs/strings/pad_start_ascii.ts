// String: padStart, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".padStart(20)),
    JSON.stringify("hello world".padStart(20, "ab")),
    JSON.stringify("hello world".padStart(3, "x")),
    JSON.stringify("hello world".padStart(20, "")),
    JSON.stringify("5".padStart(3, "0")),
    JSON.stringify("a".padStart(4, "é😀")),
  ];
  return Response.text(lines.join("\n"));
}
