// String: repeat, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".repeat(2)),
    JSON.stringify("Grüße, 世界 😀!".repeat(0)),
    JSON.stringify("".repeat(5)),
  ];
  return Response.text(lines.join("\n"));
}
