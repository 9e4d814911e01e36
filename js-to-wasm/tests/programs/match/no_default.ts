// match that finds nothing
function handler(): Response {
  const f = (n: number): string | undefined => match (n) { when 1: "one" when 2: "two" };
  const lines = [
    `${f(1)}`,
    `${f(3)}`,
  ];
  return Response.text(lines.join("\n"));
}
