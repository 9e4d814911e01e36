// String: codePointAt, text beyond ASCII
function handler(): Response {
  const lines = [
    `${"Grüße, 世界 😀!".codePointAt(0)}`,
    `${"Grüße, 世界 😀!".codePointAt(7)}`,
    `${"Grüße, 世界 😀!".codePointAt(10)}`,
    `${"Grüße, 世界 😀!".codePointAt(11)}`,
    `${"Grüße, 世界 😀!".codePointAt(50)}`,
  ];
  return Response.text(lines.join("\n"));
}
