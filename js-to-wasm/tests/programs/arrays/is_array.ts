// Array: is_array
function handler(): Response {
  const lines = [
    JSON.stringify(Array.isArray([])),
    JSON.stringify(Array.isArray("a")),
    JSON.stringify(Array.isArray({ length: 0 })),
    JSON.stringify(Array.isArray(range(2))),
  ];
  return Response.text(lines.join("\n"));
}
