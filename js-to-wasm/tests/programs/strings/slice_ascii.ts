// String: slice, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".slice(1, 4)),
    JSON.stringify("hello world".slice(-3)),
    JSON.stringify("hello world".slice(2)),
    JSON.stringify("hello world".slice(4, 2)),
    JSON.stringify("hello world".slice(-5, -1)),
    JSON.stringify("hello world".slice(0, 99)),
    JSON.stringify("hello world".slice()),
    JSON.stringify("hello world".slice(10, 12)),
  ];
  return Response.text(lines.join("\n"));
}
