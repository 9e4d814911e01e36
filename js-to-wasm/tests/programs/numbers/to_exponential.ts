// Number: toExponential
function handler(): Response {
  const lines = [
    JSON.stringify((123456).toExponential(2)),
    JSON.stringify((0.00015).toExponential()),
    JSON.stringify((0).toExponential(1)),
    JSON.stringify((-1.5).toExponential(3)),
  ];
  return Response.text(lines.join("\n"));
}
