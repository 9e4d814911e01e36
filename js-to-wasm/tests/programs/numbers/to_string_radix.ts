// Number: toString with a base
function handler(): Response {
  const lines = [
    JSON.stringify((255).toString(16)),
    JSON.stringify((255).toString(2)),
    JSON.stringify((-255).toString(36)),
    JSON.stringify((0).toString(2)),
    JSON.stringify((1e21).toString()),
    JSON.stringify((0.5).toString(2)),
    JSON.stringify((35).toString(36)),
  ];
  return Response.text(lines.join("\n"));
}
