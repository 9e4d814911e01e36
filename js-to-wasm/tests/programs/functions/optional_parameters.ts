// Optional parameters
function handler(): Response {
  const f = (a: string, n?: number) => n === undefined ? a : a.repeat(n);
  const lines = [
    JSON.stringify(f("a")),
    JSON.stringify(f("a", 2)),
  ];
  return Response.text(lines.join("\n"));
}
