// isFinite and Number.isFinite
function handler(): Response {
  const lines = [
    JSON.stringify(isFinite(1)),
    JSON.stringify(isFinite(Infinity)),
    JSON.stringify(isFinite(NaN)),
    JSON.stringify(Number.isFinite(1e308)),
    JSON.stringify(Number.isFinite(-Infinity)),
  ];
  return Response.text(lines.join("\n"));
}
