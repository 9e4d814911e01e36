// JSON.tryParse gives a Result
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.tryParse("[1]")),
    JSON.stringify(JSON.tryParse("[1").ok),
    JSON.stringify(JSON.tryParse("{\"a\":1}").ok),
    JSON.stringify(JSON.tryParse("null").ok),
    `${JSON.tryParse("5").unwrapOr(0)}`,
    JSON.stringify(JSON.tryParse("x").unwrapOr(7)),
  ];
  return Response.text(lines.join("\n"));
}
