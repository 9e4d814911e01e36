// String: concat, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".concat("!")),
    JSON.stringify("hello world".concat("a", "b", "c")),
    JSON.stringify("".concat()),
  ];
  return Response.text(lines.join("\n"));
}
