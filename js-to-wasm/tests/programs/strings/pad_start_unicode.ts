// String: padStart, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".padStart(20)),
    JSON.stringify("Grüße, 世界 😀!".padStart(20, "ab")),
    JSON.stringify("Grüße, 世界 😀!".padStart(3, "x")),
    JSON.stringify("Grüße, 世界 😀!".padStart(20, "")),
    JSON.stringify("5".padStart(3, "0")),
    JSON.stringify("a".padStart(4, "é😀")),
  ];
  return Response.text(lines.join("\n"));
}
