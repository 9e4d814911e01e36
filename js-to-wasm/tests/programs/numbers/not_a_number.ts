// NaN
function handler(): Response {
  const nan = Number("x");
  const lines = [
    JSON.stringify(nan === nan),
    JSON.stringify(nan !== nan),
    JSON.stringify(NaN < 1),
    JSON.stringify(NaN >= NaN),
    JSON.stringify(Number.isNaN(0 / 0)),
    JSON.stringify([NaN].includes(NaN)),
    JSON.stringify([NaN].indexOf(NaN)),
    JSON.stringify(Object.is(NaN, NaN)),
  ];
  return Response.text(lines.join("\n"));
}
