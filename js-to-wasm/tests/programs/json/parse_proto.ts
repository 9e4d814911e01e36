// JSON.parse: `__proto__` is a key like others
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.stringify(JSON.parse("{\"__proto__\":{\"x\":1},\"a\":2}"))),
  ];
  return Response.text(lines.join("\n"));
}
