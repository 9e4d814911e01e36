// How numbers print in JSON
function handler(): Response {
  const lines = [
    JSON.stringify(1 / 3),
    JSON.stringify(-0),
    JSON.stringify(1e21),
    JSON.stringify(5e-324),
    JSON.stringify(NaN),
    JSON.stringify(Infinity),
    JSON.stringify([1.5, -2, 1e-9, NaN]),
    JSON.stringify({ a: 0.1 + 0.2 }),
    JSON.stringify(1e300 * 1e10),
  ];
  return Response.text(lines.join("\n"));
}
