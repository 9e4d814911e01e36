// Math.min
function handler(): Response {
  const lines = [
    JSON.stringify(Math.min(3, 1, 2)),
    `${Math.min()}`,
    `${Math.min(1, NaN)}`,
    JSON.stringify(Object.is(Math.min(0, -0), -0)),
    JSON.stringify(Math.min(...[4, 2, 9])),
  ];
  return Response.text(lines.join("\n"));
}
