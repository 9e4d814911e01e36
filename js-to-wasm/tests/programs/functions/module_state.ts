// Constants of the module
const limit = 21;
const table = range(5).map((n) => n * n);
const names = ["b", "a"].toSorted();
function handler(): Response {
  const lines = [
    JSON.stringify(table),
    JSON.stringify(limit * 2),
    JSON.stringify(names),
  ];
  return Response.text(lines.join("\n"));
}
