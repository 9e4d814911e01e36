// Result.ok and Result.err
function handler(): Response {
  const lines = [
    JSON.stringify(Result.ok(1)),
    JSON.stringify(Result.err("bad")),
    JSON.stringify(Result.ok({ a: [1] })),
    JSON.stringify(Result.ok(1).ok),
    JSON.stringify(Result.err("x").unwrapErr()),
  ];
  return Response.text(lines.join("\n"));
}
