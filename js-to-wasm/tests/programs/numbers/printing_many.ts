// Powers and fractions print
function handler(): Response {
  const lines = [
    JSON.stringify(range(-25, 25).map((n) => `${10 ** n}`)),
    JSON.stringify(range(1, 12).map((n) => `${1 / n}`)),
    JSON.stringify(range(1, 12).map((n) => `${n / 7}`)),
  ];
  return Response.text(lines.join("\n"));
}
