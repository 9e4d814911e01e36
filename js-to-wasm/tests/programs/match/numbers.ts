// match on numbers
function handler(): Response {
  const f = (n: number) => match (n) { when 1: "one" when -2: "minus two" when 3.5: "half" when 0: "zero" default: "many" };
  const lines = [
    JSON.stringify([1, -2, 3.5, 0, 4].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
