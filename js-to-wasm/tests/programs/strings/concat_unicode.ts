// String: concat, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".concat("!")),
    JSON.stringify("Grüße, 世界 😀!".concat("a", "b", "c")),
    JSON.stringify("".concat()),
  ];
  return Response.text(lines.join("\n"));
}
