// Array as a function: a length, or elements
function handler(): Response {
  const grid: number[][] = Array(2).fill(0).map(() => Array(3).fill(0));
  const row = grid[1] ?? [];
  row[2] = 7;
  const lines = [
    JSON.stringify([Array(3), Array(0), Array()]),
    JSON.stringify([Array(3).length, Array("3"), Array(1, 2, 3), Array([4])]),
    JSON.stringify([Array(3).fill("x").join(""), [...Array(3).keys()], Array(2).map((_, i) => i)]),
    JSON.stringify(grid),
    JSON.stringify([[1, 2], [3]].map((list) => Array(...list).length)),
    JSON.stringify(["a", "b"].map((s) => Array(s, s))),
  ];
  return Response.text(lines.join("\n"));
}
