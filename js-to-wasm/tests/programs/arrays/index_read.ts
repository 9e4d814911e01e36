// Array: index_read
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    `${a[0]}`,
    `${a[2]}`,
    `${a[3]}`,
    `${a[-1]}`,
    `${a[1 + 1]}`,
  ];
  return Response.text(lines.join("\n"));
}
