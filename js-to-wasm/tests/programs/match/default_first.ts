// match with default in front
function handler(): Response {
  const f = (n: number) => match (n) { default: "other" when 1: "one" when 2: "two" };
  const lines = [
    JSON.stringify([1, 2, 3].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
