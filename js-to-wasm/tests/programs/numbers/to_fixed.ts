// Number: toFixed
function handler(): Response {
  const lines = [
    JSON.stringify((1.005).toFixed(2)),
    JSON.stringify((1.45).toFixed(1)),
    JSON.stringify((0).toFixed(2)),
    JSON.stringify((-1.5).toFixed(0)),
    JSON.stringify((2.5).toFixed(0)),
    JSON.stringify((123.456).toFixed(5)),
    JSON.stringify((1e21).toFixed(2)),
    JSON.stringify((0.000001).toFixed(7)),
    JSON.stringify((1234.5678).toFixed()),
    JSON.stringify((-0.0000001).toFixed(2)),
  ];
  return Response.text(lines.join("\n"));
}
