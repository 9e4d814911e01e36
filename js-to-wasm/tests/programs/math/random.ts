// Math.random
function handler(): Response {
  const list = range(50).map(() => Math.random());
  const lines = [
    JSON.stringify(list.every((n) => n >= 0 && n < 1)),
    JSON.stringify(list.length),
  ];
  return Response.text(lines.join("\n"));
}
