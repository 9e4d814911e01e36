// Array: every
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.every((x) => x > 0)),
    JSON.stringify(a.every((x) => x > 1)),
    JSON.stringify([].every(() => false)),
  ];
  return Response.text(lines.join("\n"));
}
