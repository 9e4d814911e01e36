// Spread in calls
function handler(): Response {
  const f = (a: number, b: number, c: number) => a * 100 + b * 10 + c;
  const lines = [
    JSON.stringify(f(...[1, 2, 3])),
    JSON.stringify(f(1, ...[2, 3])),
    JSON.stringify(Math.max(...[3, 9], 5, ...[7])),
    JSON.stringify("a".concat(..."bc")),
  ];
  return Response.text(lines.join("\n"));
}
