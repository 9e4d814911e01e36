// Array: includes
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.includes(2)),
    JSON.stringify(a.includes(9)),
    JSON.stringify(["a"].includes("a")),
    JSON.stringify([undefined].includes(undefined)),
    JSON.stringify([1, 2].includes(1, 1)),
  ];
  return Response.text(lines.join("\n"));
}
