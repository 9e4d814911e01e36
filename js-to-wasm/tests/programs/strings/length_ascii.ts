// String: length, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".length),
    JSON.stringify("".length),
    JSON.stringify(("hello world" + "hello world").length),
    JSON.stringify("hello world".slice(2).length),
  ];
  return Response.text(lines.join("\n"));
}
