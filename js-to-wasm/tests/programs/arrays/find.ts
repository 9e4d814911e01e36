// Array: find
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a.find((x) => x < 3)}`,
    `${a.find((x) => x > 9)}`,
  ];
  return Response.text(lines.join("\n"));
}
