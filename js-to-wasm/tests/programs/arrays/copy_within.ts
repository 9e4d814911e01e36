// Array: copy_within
function handler(): Response {
  const lines = [
    JSON.stringify([1, 2, 3, 4, 5].copyWithin(0, 3)),
    JSON.stringify([1, 2, 3, 4, 5].copyWithin(1, 0, 3)),
  ];
  return Response.text(lines.join("\n"));
}
