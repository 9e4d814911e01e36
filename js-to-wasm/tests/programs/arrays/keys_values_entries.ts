// Array: keys_values_entries
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify([...a.keys()]),
    JSON.stringify([...a.values()]),
    JSON.stringify([...a.entries()]),
  ];
  return Response.text(lines.join("\n"));
}
