// JSON.stringify: undefined and functions
function handler(): Response {
  const lines = [
    JSON.stringify({ a: undefined, b: 1 }),
    JSON.stringify([undefined, 1]),
    JSON.stringify({ f: () => 1, a: 2 }),
    JSON.stringify([() => 1]),
    JSON.stringify([[undefined]]),
    JSON.stringify({ a: { b: undefined } }),
  ];
  return Response.text(lines.join("\n"));
}
