// Array: fill
function handler(): Response {
  const lines = [
    JSON.stringify([1, 2, 3].fill(0)),
    JSON.stringify([1, 2, 3].fill(9, 1)),
    JSON.stringify([1, 2, 3, 4].fill(7, 1, 3)),
    JSON.stringify([1, 2, 3].fill(5, -1)),
  ];
  return Response.text(lines.join("\n"));
}
