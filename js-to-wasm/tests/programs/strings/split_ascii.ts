// String: split, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".split(" ")),
    JSON.stringify("hello world".split("")),
    JSON.stringify("hello world".split("o")),
    JSON.stringify("hello world".split("zz")),
    JSON.stringify("hello world".split(" ", 1)),
    JSON.stringify("".split(",")),
    JSON.stringify("".split("")),
    JSON.stringify(",a,,b,".split(",")),
  ];
  return Response.text(lines.join("\n"));
}
