// A linear congruence in doubles
function handler(): Response {
  let seed = 12345;
  const next = (): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed;
  };
  const list = range(8).map(() => next());
  const lines = [
    JSON.stringify(list),
  ];
  return Response.text(lines.join("\n"));
}
