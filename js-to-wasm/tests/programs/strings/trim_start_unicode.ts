// String: trimStart, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify(("  " + "Grüße, 世界 😀!" + "  ").trimStart()),
    JSON.stringify("\n\n".trimStart()),
  ];
  return Response.text(lines.join("\n"));
}
