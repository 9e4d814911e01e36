// Game of life
const at = (grid: string[], y: number, x: number): number => grid[y]?.charAt(x) === "#" ? 1 : 0;
const step = (grid: string[]): string[] => grid.map((row, y) => row.split("").map((c, x) => {
  let near = 0;
  for (const dy of range(-1, 2)) {
    for (const dx of range(-1, 2)) {
      near += at(grid, y + dy, x + dx);
    }
  }
  near -= at(grid, y, x);
  return near === 3 || near === 2 && c === "#" ? "#" : ".";
}).join(""));
function handler(): Response {
  const lines = [
    JSON.stringify(range(4).reduce((g: string[]) => step(g), [".....", "..#..", "..#..", "..#..", "....."])),
  ];
  return Response.text(lines.join("\n"));
}
