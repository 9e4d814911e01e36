// Array: filter
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.filter((x) => x > 1)),
    JSON.stringify(a.filter(() => false)),
    JSON.stringify(a.filter((_, i) => i === 0)),
  ];
  return Response.text(lines.join("\n"));
}
