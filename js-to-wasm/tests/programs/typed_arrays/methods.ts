// Methods of typed arrays
function handler(): Response {
  const a = Uint8Array([1, 2, 3]);
  const lines = [
    JSON.stringify(Array.from(a.map((n) => n * 2))),
    JSON.stringify(a.reduce((x, y) => x + y, 0)),
    JSON.stringify(a.join("-")),
    JSON.stringify(a.indexOf(3)),
    JSON.stringify(a.includes(9)),
    JSON.stringify(Array.from(a.slice(1, 3))),
    JSON.stringify(Array.from(a.filter((n) => n > 1))),
    JSON.stringify(Array.from(a.toReversed())),
    `${a.at(-1)}`,
    JSON.stringify([...a]),
  ];
  return Response.text(lines.join("\n"));
}
