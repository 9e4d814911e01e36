// Permutations
const permute = (list: number[]): number[][] => list.length === 0 ? [[]] : list.flatMap((n, i) => permute([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [n, ...rest]));
function handler(): Response {
  const lines = [
    JSON.stringify(permute([1, 2, 3])),
    JSON.stringify(permute([])),
  ];
  return Response.text(lines.join("\n"));
}
