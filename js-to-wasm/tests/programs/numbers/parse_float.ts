// parseFloat
function handler(): Response {
  const lines = [
    JSON.stringify(parseFloat("3.14")),
    JSON.stringify(parseFloat("3.14abc")),
    JSON.stringify(parseFloat(".5")),
    JSON.stringify(parseFloat("-1e3x")),
    `${parseFloat("x")}`,
    `${parseFloat("Infinity!")}`,
    JSON.stringify(parseFloat("  2 ")),
    JSON.stringify(Number.parseFloat("1.5")),
  ];
  return Response.text(lines.join("\n"));
}
