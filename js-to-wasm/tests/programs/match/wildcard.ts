// match with `_`
function handler(): Response {
  const f = (n: number) => match (n) { when 1: "one", when _: "other" };
  const lines = [
    JSON.stringify([1, 2].map(f)),
  ];
  return Response.text(lines.join("\n"));
}
