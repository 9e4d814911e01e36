// Math.sign
function handler(): Response {
  const lines = [
    JSON.stringify(Math.sign(-3)),
    JSON.stringify(Math.sign(3)),
    JSON.stringify(Math.sign(0)),
    JSON.stringify(Object.is(Math.sign(-0), -0)),
    `${Math.sign(NaN)}`,
  ];
  return Response.text(lines.join("\n"));
}
