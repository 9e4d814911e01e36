// Array: some
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.some((x) => x > 2)),
    JSON.stringify(a.some((x) => x > 3)),
    JSON.stringify([].some(() => true)),
  ];
  return Response.text(lines.join("\n"));
}
