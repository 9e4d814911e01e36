// Binary search
const find = (list: number[], wanted: number, from = 0, to = list.length): number => {
  if (from >= to) {
    return -1;
  }
  const middle = Math.floor((from + to) / 2);
  const value = list[middle] ?? 0;
  return value === wanted ? middle : value < wanted ? find(list, wanted, middle + 1, to) : find(list, wanted, from, middle);
};
function handler(): Response {
  const lines = [
    JSON.stringify(find([1, 3, 5, 7, 9], 7)),
    JSON.stringify(find([1, 3, 5, 7, 9], 4)),
    JSON.stringify(find([], 1)),
  ];
  return Response.text(lines.join("\n"));
}
