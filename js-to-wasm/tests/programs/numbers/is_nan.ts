// isNaN and Number.isNaN
function handler(): Response {
  const lines = [
    JSON.stringify(isNaN(NaN)),
    JSON.stringify(isNaN(1)),
    JSON.stringify(Number.isNaN(NaN)),
    JSON.stringify(Number.isNaN(1)),
  ];
  return Response.text(lines.join("\n"));
}
