// Math.abs
function handler(): Response {
  const lines = [
    JSON.stringify(Math.abs(-3)),
    JSON.stringify(Math.abs(2.5)),
    `${Math.abs(-Infinity)}`,
    JSON.stringify(Object.is(Math.abs(-0), 0)),
  ];
  return Response.text(lines.join("\n"));
}
