// Quick sort
const sort = (list: number[]): number[] => {
  const [pivot, ...rest] = list;
  if (pivot === undefined) {
    return [];
  }
  return [...sort(rest.filter((n) => n < pivot)), pivot, ...sort(rest.filter((n) => n >= pivot))];
};
function handler(): Response {
  const lines = [
    JSON.stringify(sort([3, 6, 1, 8, 2, 9, 2])),
    JSON.stringify(sort([])),
  ];
  return Response.text(lines.join("\n"));
}
