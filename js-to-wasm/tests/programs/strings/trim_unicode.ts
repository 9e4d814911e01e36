// String: trim, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify((" \t" + "Grüße, 世界 😀!" + "\n ").trim()),
    JSON.stringify("\u00a0 a \ufeff".trim()),
    JSON.stringify("".trim()),
  ];
  return Response.text(lines.join("\n"));
}
