// String: at, ASCII text
function handler(): Response {
  const lines = [
    `${"hello world".at(0)}`,
    `${"hello world".at(-1)}`,
    `${"hello world".at(-20)}`,
    `${"hello world".at(8)}`,
    `${"hello world".at(1.9)}`,
  ];
  return Response.text(lines.join("\n"));
}
