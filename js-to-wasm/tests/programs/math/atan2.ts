// Math.atan2
function handler(): Response {
  const lines = [
    JSON.stringify(Math.atan2(0, 1)),
    JSON.stringify(Math.atan2(1, 1).toFixed(10)),
    JSON.stringify(Math.atan2(-1, -1).toFixed(10)),
    JSON.stringify(Object.is(Math.atan2(-0, 1), -0)),
    JSON.stringify(Math.atan2(1, 0).toFixed(10)),
  ];
  return Response.text(lines.join("\n"));
}
