// Number: toPrecision
function handler(): Response {
  const lines = [
    JSON.stringify((123.456).toPrecision(4)),
    JSON.stringify((0.00001).toPrecision(1)),
    JSON.stringify((1e21).toPrecision(3)),
    JSON.stringify((1.25).toPrecision(2)),
    JSON.stringify((99.99).toPrecision(3)),
  ];
  return Response.text(lines.join("\n"));
}
