// Array: flat
function handler(): Response {
  const lines = [
    JSON.stringify([1, [2, [3, [4]]]].flat()),
    JSON.stringify([1, [2, [3, [4]]]].flat(2)),
    JSON.stringify([[1], [], [2, 3]].flat()),
    JSON.stringify([[1, [2]]].flat(0)),
  ];
  return Response.text(lines.join("\n"));
}
