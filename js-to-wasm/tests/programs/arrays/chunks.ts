// Array: chunks
function handler(): Response {
  const chunk = (list: number[], size: number): number[][] => range(Math.ceil(list.length / size)).map((i) => list.slice(i * size, i * size + size));
  const lines = [
    JSON.stringify(chunk([1, 2, 3, 4, 5], 2)),
    JSON.stringify(chunk([], 3)),
  ];
  return Response.text(lines.join("\n"));
}
