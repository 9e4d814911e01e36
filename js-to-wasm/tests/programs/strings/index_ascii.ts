// String: reading by index, ASCII text
function handler(): Response {
  const lines = [
    `${"hello world"[0]}`,
    `${"hello world"[4]}`,
    `${"hello world"[10]}`,
    `${"hello world"[99]}`,
  ];
  return Response.text(lines.join("\n"));
}
