// Rest parameters
function handler(): Response {
  const f = (...all: number[]) => all.length;
  const g = (first: string, ...rest: number[]) => `${first}:${rest.join("+")}`;
  const lines = [
    JSON.stringify(f()),
    JSON.stringify(f(1)),
    JSON.stringify(f(1, 2, 3)),
    JSON.stringify(g("a", 1, 2)),
  ];
  return Response.text(lines.join("\n"));
}
