// String: trimEnd, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify(("  " + "hello world" + "  ").trimEnd()),
    JSON.stringify("\u2003a\u2003".trimEnd()),
  ];
  return Response.text(lines.join("\n"));
}
