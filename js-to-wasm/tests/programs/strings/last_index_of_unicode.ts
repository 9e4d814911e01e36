// String: lastIndexOf, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("o")),
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("l", 5)),
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("e")),
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("")),
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("zz")),
    JSON.stringify("Grüße, 世界 😀!".lastIndexOf("G", 0)),
  ];
  return Response.text(lines.join("\n"));
}
