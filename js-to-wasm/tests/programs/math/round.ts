// Math.round
function handler(): Response {
  const lines = [
    JSON.stringify(Math.round(1.5)),
    JSON.stringify(Math.round(2.5)),
    JSON.stringify(Math.round(-1.5)),
    JSON.stringify(Math.round(-1.6)),
    JSON.stringify(Math.round(0.49999999999999994)),
    JSON.stringify(Math.round(1e20)),
  ];
  return Response.text(lines.join("\n"));
}
