// A loop over a typed array
function handler(): Response {
  let sum = 0;
  for (const n of Uint16Array.from([1, 2, 3], (n) => n * 100)) {
    sum += n;
  }
  const lines = [
    JSON.stringify(sum),
  ];
  return Response.text(lines.join("\n"));
}
