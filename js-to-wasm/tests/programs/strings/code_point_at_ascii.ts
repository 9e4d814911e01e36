// String: codePointAt, ASCII text
function handler(): Response {
  const lines = [
    `${"hello world".codePointAt(0)}`,
    `${"hello world".codePointAt(7)}`,
    `${"hello world".codePointAt(10)}`,
    `${"hello world".codePointAt(11)}`,
    `${"hello world".codePointAt(50)}`,
  ];
  return Response.text(lines.join("\n"));
}
