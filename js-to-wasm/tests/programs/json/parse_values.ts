// JSON.parse: every kind of value
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("1")),
    JSON.stringify(JSON.parse("-0.5e2")),
    JSON.stringify(JSON.parse("\"a\"")),
    JSON.stringify(JSON.parse("true")),
    JSON.stringify(JSON.parse("[]")),
    JSON.stringify(JSON.parse("{}")),
    JSON.stringify(JSON.parse(" [1, {\"a\": [false]}] ")),
    JSON.stringify(JSON.parse("\t\n1\r")),
  ];
  return Response.text(lines.join("\n"));
}
