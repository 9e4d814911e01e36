// JSON.parse: malformed text is undefined
function handler(): Response {
  const bad = ["", " ", "{", "[1,]", "{\"a\":}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "NaN", "undefined", "[1 2]", "\"\u0001\"", "\"\\x\"", "\"a", "tru", "nulll", "{\"a\":1,}", "1 2", "\"\\u12\"", "[", "]"];
  const lines = [
    JSON.stringify(bad.map((text) => JSON.parse(text) === undefined)),
  ];
  return Response.text(lines.join("\n"));
}
