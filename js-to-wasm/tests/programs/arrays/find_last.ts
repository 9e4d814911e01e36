// Array: find_last
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a.findLast((x) => x > 1)}`,
    `${a.findLast((x) => x > 9)}`,
  ];
  return Response.text(lines.join("\n"));
}
