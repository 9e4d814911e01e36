// String: charCodeAt, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".charCodeAt(0)),
    JSON.stringify("hello world".charCodeAt(2)),
    JSON.stringify("hello world".charCodeAt(10)),
    JSON.stringify("hello world".charCodeAt(11)),
    `${"hello world".charCodeAt(99)}`,
  ];
  return Response.text(lines.join("\n"));
}
