// Array: map
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.map((x) => x * 2)),
    JSON.stringify(a.map((x, i) => x * i)),
    JSON.stringify([].map((x) => x)),
    JSON.stringify(["a"].map((s) => s.length)),
  ];
  return Response.text(lines.join("\n"));
}
