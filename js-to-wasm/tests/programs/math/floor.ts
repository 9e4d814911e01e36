// Math.floor
function handler(): Response {
  const lines = [
    JSON.stringify(Math.floor(1.7)),
    JSON.stringify(Math.floor(-1.2)),
    JSON.stringify(Object.is(Math.floor(-0), -0)),
    `${Math.floor(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
