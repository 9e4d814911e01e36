// JSON.stringify: every kind of value
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.stringify(1)),
    JSON.stringify(JSON.stringify("a")),
    JSON.stringify(JSON.stringify(true)),
    JSON.stringify(JSON.stringify([1, "a"])),
    JSON.stringify(JSON.stringify({ a: 1 })),
    `${JSON.stringify(undefined)}`,
  ];
  return Response.text(lines.join("\n"));
}
