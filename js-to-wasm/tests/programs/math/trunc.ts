// Math.trunc
function handler(): Response {
  const lines = [
    JSON.stringify(Math.trunc(1.9)),
    JSON.stringify(Math.trunc(-1.9)),
    JSON.stringify(Object.is(Math.trunc(-0.9), -0)),
  ];
  return Response.text(lines.join("\n"));
}
