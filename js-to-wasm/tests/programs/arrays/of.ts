// Array: of
function handler(): Response {
  const lines = [
    JSON.stringify(Array.of(1, 2, 3)),
    JSON.stringify(Array.of()),
    JSON.stringify(Array.of(7).length),
  ];
  return Response.text(lines.join("\n"));
}
