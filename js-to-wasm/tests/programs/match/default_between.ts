// match with default between
function handler(): Response {
  const f = (n: number) => match (n) { when 1: "one" default: "other" when 2: "two" };
  const lines = [
    JSON.stringify([1, 2, 3].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
