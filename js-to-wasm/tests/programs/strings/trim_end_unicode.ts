// String: trimEnd, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify(("  " + "Grüße, 世界 😀!" + "  ").trimEnd()),
    JSON.stringify("\u2003a\u2003".trimEnd()),
  ];
  return Response.text(lines.join("\n"));
}
