// String: replaceAll, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".replaceAll("o", "0")),
    JSON.stringify("Grüße, 世界 😀!".replaceAll("l", "LL")),
    JSON.stringify("Grüße, 世界 😀!".replaceAll("", "-")),
    JSON.stringify("Grüße, 世界 😀!".replaceAll(" ", "")),
    JSON.stringify("Grüße, 世界 😀!".replaceAll("😀", ":)")),
    JSON.stringify("aaaa".replaceAll("aa", "b")),
  ];
  return Response.text(lines.join("\n"));
}
