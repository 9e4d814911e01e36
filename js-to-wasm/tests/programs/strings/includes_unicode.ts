// String: includes, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".includes("lo w")),
    JSON.stringify("Grüße, 世界 😀!".includes("世界")),
    JSON.stringify("Grüße, 世界 😀!".includes("h", 1)),
    JSON.stringify("Grüße, 世界 😀!".includes("")),
    JSON.stringify("Grüße, 世界 😀!".includes("😀")),
  ];
  return Response.text(lines.join("\n"));
}
