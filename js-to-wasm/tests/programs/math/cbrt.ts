// Math.cbrt
function handler(): Response {
  const lines = [
    JSON.stringify(Math.cbrt(27)),
    JSON.stringify(Math.cbrt(-8)),
    JSON.stringify(Math.cbrt(0)),
  ];
  return Response.text(lines.join("\n"));
}
