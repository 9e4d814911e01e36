// String: length, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".length),
    JSON.stringify("".length),
    JSON.stringify(("Grüße, 世界 😀!" + "Grüße, 世界 😀!").length),
    JSON.stringify("Grüße, 世界 😀!".slice(2).length),
  ];
  return Response.text(lines.join("\n"));
}
