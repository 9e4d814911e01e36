// String: lastIndexOf, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".lastIndexOf("o")),
    JSON.stringify("hello world".lastIndexOf("l", 5)),
    JSON.stringify("hello world".lastIndexOf("e")),
    JSON.stringify("hello world".lastIndexOf("")),
    JSON.stringify("hello world".lastIndexOf("zz")),
    JSON.stringify("hello world".lastIndexOf("G", 0)),
  ];
  return Response.text(lines.join("\n"));
}
