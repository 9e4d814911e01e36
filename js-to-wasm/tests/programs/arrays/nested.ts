// Array: nested
function handler(): Response {
  const grid = range(3).map((y) => range(3).map((x) => x * y));
  const lines = [
    JSON.stringify(grid),
    `${grid[1]?.[2]}`,
    `${grid[9]?.[0]}`,
    JSON.stringify(grid.map((row) => row.join("")).join("/")),
  ];
  return Response.text(lines.join("\n"));
}
