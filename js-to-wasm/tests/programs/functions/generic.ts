// Generic functions
function handler(): Response {
  const identity = <T,>(value: T): T => value;
  const first = <T,>(list: T[]): T | undefined => list[0];
  const pair = <A, B>(a: A, b: B): [A, B] => [a, b];
  const lines = [
    JSON.stringify(identity(1)),
    JSON.stringify(identity("a")),
    JSON.stringify(first([true, false])),
    JSON.stringify(pair(1, "x")),
  ];
  return Response.text(lines.join("\n"));
}
