// String: charCodeAt, text beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify("Grüße, 世界 😀!".charCodeAt(0)),
    JSON.stringify("Grüße, 世界 😀!".charCodeAt(2)),
    JSON.stringify("Grüße, 世界 😀!".charCodeAt(10)),
    JSON.stringify("Grüße, 世界 😀!".charCodeAt(11)),
    `${"Grüße, 世界 😀!".charCodeAt(99)}`,
  ];
  return Response.text(lines.join("\n"));
}
