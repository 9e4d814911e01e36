// Swapping with names
function handler(): Response {
  const out: string[] = [];
  const swap = ([a, b]: [number, string]): [string, number] => [b, a];
  const [x, y] = swap([1, "a"]);
  out.push(x, `${y}`);
  return Response.text(out.join("\n"));
}
