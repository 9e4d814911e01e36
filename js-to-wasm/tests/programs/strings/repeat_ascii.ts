// String: repeat, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".repeat(2)),
    JSON.stringify("hello world".repeat(0)),
    JSON.stringify("".repeat(5)),
  ];
  return Response.text(lines.join("\n"));
}
