// String: at, text beyond ASCII
function handler(): Response {
  const lines = [
    `${"Grüße, 世界 😀!".at(0)}`,
    `${"Grüße, 世界 😀!".at(-1)}`,
    `${"Grüße, 世界 😀!".at(-20)}`,
    `${"Grüße, 世界 😀!".at(8)}`,
    `${"Grüße, 世界 😀!".at(1.9)}`,
  ];
  return Response.text(lines.join("\n"));
}
