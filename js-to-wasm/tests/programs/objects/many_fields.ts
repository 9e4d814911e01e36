// An object with many fields
function handler(): Response {
  const o: Record<string, number> = {};
  for (const i of range(100)) {
    o[`k${i}`] = i;
  }
  const lines = [
    JSON.stringify(Object.keys(o).length),
    `${o["k77"]}`,
    `${o["k100"]}`,
    JSON.stringify(Object.values(o).reduce((sum, v) => sum + v, 0)),
  ];
  return Response.text(lines.join("\n"));
}
