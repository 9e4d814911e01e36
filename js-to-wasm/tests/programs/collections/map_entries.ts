// Map: from entries and back
function handler(): Response {
  const m = Map([["x", 1], ["y", 2]]);
  const lines = [
    JSON.stringify([...m]),
    JSON.stringify([...m.entries()]),
    JSON.stringify([...m.keys()]),
    JSON.stringify([...m.values()]),
    JSON.stringify(Object.fromEntries(m)),
  ];
  return Response.text(lines.join("\n"));
}
