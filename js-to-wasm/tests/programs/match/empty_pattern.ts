// match with an empty pattern
function handler(): Response {
  const f = (o: { a: number } | undefined) => match (o) { when undefined: "none" when {}: "object" };
  const lines = [
    JSON.stringify(f({ a: 1 })),
    JSON.stringify(f(undefined)),
  ];
  return Response.text(lines.join("\n"));
}
