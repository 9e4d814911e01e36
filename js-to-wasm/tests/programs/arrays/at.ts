// Array: at
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a.at(0)}`,
    `${a.at(-1)}`,
    `${a.at(5)}`,
    `${a.at(-4)}`,
  ];
  return Response.text(lines.join("\n"));
}
