// A function of the module may stand below
const value = below(1);
function below(n: number): number {
  return n * 10;
}
function handler(): Response {
  const lines = [
    JSON.stringify(below(2)),
    JSON.stringify(value),
  ];
  return Response.text(lines.join("\n"));
}
