// String: reading by index, text beyond ASCII
function handler(): Response {
  const lines = [
    `${"Grüße, 世界 😀!"[0]}`,
    `${"Grüße, 世界 😀!"[4]}`,
    `${"Grüße, 世界 😀!"[10]}`,
    `${"Grüße, 世界 😀!"[99]}`,
  ];
  return Response.text(lines.join("\n"));
}
