// Math.ceil
function handler(): Response {
  const lines = [
    JSON.stringify(Math.ceil(1.2)),
    JSON.stringify(Math.ceil(-1.7)),
    JSON.stringify(Object.is(Math.ceil(-0.5), -0)),
  ];
  return Response.text(lines.join("\n"));
}
