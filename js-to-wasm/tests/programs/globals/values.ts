// undefined, NaN, Infinity
function handler(): Response {
  const lines = [
    `${undefined}`,
    `${NaN}`,
    `${Infinity}`,
    JSON.stringify(undefined === undefined),
    JSON.stringify(typeof NaN),
  ];
  return Response.text(lines.join("\n"));
}
