// Array: reduce
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.reduce((sum, x) => sum + x, 0)),
    JSON.stringify(a.reduce((most, x) => Math.max(most, x))),
    JSON.stringify(a.reduce((list: number[], x) => [...list, x * 2], [])),
    JSON.stringify(["a", "b"].reduce((text, s, i) => `${text}${i}${s}`, "")),
  ];
  return Response.text(lines.join("\n"));
}
