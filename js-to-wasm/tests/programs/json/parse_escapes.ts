// JSON.parse: escapes
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"")),
    JSON.stringify(JSON.parse("\"\\u0041\\u00e9\\ud83d\\ude00\"")),
    JSON.stringify(JSON.parse("\"\\ud83d\"")),
    JSON.stringify(JSON.parse("\"ü世😀\"")),
  ];
  return Response.text(lines.join("\n"));
}
