// Array: length
function handler(): Response {
  const lines = [
    JSON.stringify([].length),
    JSON.stringify([1, 2].length),
    JSON.stringify([[1], [2, 3]].map((inner) => inner.length)),
  ];
  return Response.text(lines.join("\n"));
}
