// String: replace, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".replace("o", "0")),
    JSON.stringify("hello world".replace("zz", "y")),
    JSON.stringify("hello world".replace(" ", "")),
    JSON.stringify("hello world".replace("", "^")),
    JSON.stringify("hello world".replace("世界", "Welt")),
  ];
  return Response.text(lines.join("\n"));
}
