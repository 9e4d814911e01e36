// Array: spread
function handler(): Response {
  const a = [3, 1, 2];
  const lines = [
    JSON.stringify([...a]),
    JSON.stringify([0, ...a, 4]),
    JSON.stringify([...a, ...a]),
    JSON.stringify([...[], 1]),
    JSON.stringify([..."ab", ...[1]]),
  ];
  return Response.text(lines.join("\n"));
}
