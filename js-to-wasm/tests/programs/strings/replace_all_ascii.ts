// String: replaceAll, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".replaceAll("o", "0")),
    JSON.stringify("hello world".replaceAll("l", "LL")),
    JSON.stringify("hello world".replaceAll("", "-")),
    JSON.stringify("hello world".replaceAll(" ", "")),
    JSON.stringify("hello world".replaceAll("😀", ":)")),
    JSON.stringify("aaaa".replaceAll("aa", "b")),
  ];
  return Response.text(lines.join("\n"));
}
