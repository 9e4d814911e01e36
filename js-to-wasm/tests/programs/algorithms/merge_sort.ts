// Merge sort
const merge = (a: number[], b: number[]): number[] => {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  for (const _ of range(a.length + b.length)) {
    const x = a[i] ?? Infinity;
    const y = b[j] ?? Infinity;
    if (x <= y) {
      out.push(x);
      i += 1;
    } else {
      out.push(y);
      j += 1;
    }
  }
  return out;
};
const sort = (list: number[]): number[] => {
  if (list.length < 2) {
    return list;
  }
  const middle = Math.floor(list.length / 2);
  return merge(sort(list.slice(0, middle)), sort(list.slice(middle)));
};
function handler(): Response {
  const lines = [
    JSON.stringify(sort([5, 2, 4, 7, 1, 3, 2, 6])),
  ];
  return Response.text(lines.join("\n"));
}
