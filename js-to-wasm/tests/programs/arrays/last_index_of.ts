// Array: last_index_of
function handler(): Response {
  const lines = [
    JSON.stringify([1, 2, 1].lastIndexOf(1)),
    JSON.stringify([1, 2, 1].lastIndexOf(1, 1)),
    JSON.stringify([1].lastIndexOf(5)),
  ];
  return Response.text(lines.join("\n"));
}
