// JSON null is written back as null
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("null") === undefined),
    JSON.stringify(JSON.parse("{\"a\":null}")),
    JSON.stringify(JSON.parse("[null, 1]")),
    JSON.stringify(JSON.parse("{\"a\":null}").a === undefined),
    JSON.stringify(typeof JSON.parse("null")),
    JSON.stringify(JSON.parse("{\"a\":null}").a ?? "none"),
    JSON.stringify({ ...JSON.parse("{\"a\":null}"), b: 1 }),
  ];
  return Response.text(lines.join("\n"));
}
