// Array: index_of
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify(a.indexOf(2)),
    JSON.stringify(a.indexOf(9)),
    JSON.stringify([1, 1, 1].indexOf(1, 1)),
    JSON.stringify(["a", "b"].indexOf("b")),
    JSON.stringify([1, 2].indexOf(2, -1)),
  ];
  return Response.text(lines.join("\n"));
}
