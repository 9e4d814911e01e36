// Each turn of a loop has its own binding
function handler(): Response {
  const fs: (() => number)[] = [];
  const gs: (() => string)[] = [];
  for (const i of range(3)) {
    fs.push(() => i);
  }
  for (let s of ["a", "b"]) {
    s = s + s;
    gs.push(() => s);
  }
  const lines = [
    JSON.stringify(fs.map((f) => f())),
    JSON.stringify(gs.map((g) => g())),
  ];
  return Response.text(lines.join("\n"));
}
