// Array: unique
function handler(): Response {
  const lines = [
    JSON.stringify([...Set([3, 1, 3, 2, 1])]),
    JSON.stringify([3, 1, 3].filter((x, i, all) => all.indexOf(x) === i)),
  ];
  return Response.text(lines.join("\n"));
}
