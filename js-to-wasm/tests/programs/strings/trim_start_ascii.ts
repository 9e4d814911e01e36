// String: trimStart, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify(("  " + "hello world" + "  ").trimStart()),
    JSON.stringify("\n\n".trimStart()),
  ];
  return Response.text(lines.join("\n"));
}
