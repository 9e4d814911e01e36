// Reading and writing elements
function handler(): Response {
  const a = Uint8Array(4);
  a[0] = 7;
  a[1] = 300;
  a[9] = 1;
  const lines = [
    JSON.stringify(Array.from(a)),
    `${a[1]}`,
    `${a[9]}`,
    JSON.stringify(a.length),
  ];
  return Response.text(lines.join("\n"));
}
