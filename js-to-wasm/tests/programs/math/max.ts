// Math.max
function handler(): Response {
  const lines = [
    JSON.stringify(Math.max(3, 1, 2)),
    `${Math.max()}`,
    `${Math.max(NaN, 1)}`,
    JSON.stringify(Object.is(Math.max(-0, 0), 0)),
    JSON.stringify(Math.max(...[4, 2, 9])),
  ];
  return Response.text(lines.join("\n"));
}
