// Number.isInteger
function handler(): Response {
  const lines = [
    JSON.stringify(Number.isInteger(5)),
    JSON.stringify(Number.isInteger(5.5)),
    JSON.stringify(Number.isInteger(5.0)),
    JSON.stringify(Number.isInteger(NaN)),
    JSON.stringify(Number.isInteger(Infinity)),
    JSON.stringify(Number.isInteger(-0)),
  ];
  return Response.text(lines.join("\n"));
}
