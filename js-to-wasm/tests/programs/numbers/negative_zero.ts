// Negative zero
function handler(): Response {
  const lines = [
    JSON.stringify(Object.is(-0, 0)),
    JSON.stringify(-0 === 0),
    `${1 / -0}`,
    `${1 / (0 * -1)}`,
    JSON.stringify(Object.is(Math.round(-0.4), -0)),
    `${1 / Math.min(0, -0)}`,
    JSON.stringify(`${-0}`),
  ];
  return Response.text(lines.join("\n"));
}
