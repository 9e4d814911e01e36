// Reading and writing by a computed key
function handler(): Response {
  const keys = ["a", "b", "c"];
  const o: Record<string, number> = {};
  for (const k of ["a", "b"]) {
    o[k] = k.length + Object.keys(o).length;
  }
  const lines = [
    JSON.stringify(o),
    JSON.stringify(keys.map((k) => o[k] ?? -1)),
  ];
  return Response.text(lines.join("\n"));
}
