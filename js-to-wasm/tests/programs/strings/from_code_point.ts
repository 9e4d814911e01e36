// String.fromCodePoint
function handler(): Response {
  const lines = [
    JSON.stringify(String.fromCodePoint(128512)),
    JSON.stringify(String.fromCodePoint(97, 228, 0x4e16)),
    JSON.stringify(String.fromCodePoint(128512).length),
  ];
  return Response.text(lines.join("\n"));
}
