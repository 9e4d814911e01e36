// Set: from a list
function handler(): Response {
  const lines = [
    JSON.stringify([...Set([3, 1, 3, 2])]),
    JSON.stringify([...Set("hello")]),
    JSON.stringify(Set([1, 1, 1]).size),
    JSON.stringify(Set([NaN, NaN]).size),
    JSON.stringify([...Set([0, -0])]),
  ];
  return Response.text(lines.join("\n"));
}
