// JSON.parse: the last of two equal keys wins
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("{\"a\":1,\"b\":2,\"a\":3}")),
    JSON.stringify(JSON.parse("{\"2\":1,\"1\":2,\"b\":3,\"a\":4}")),
  ];
  return Response.text(lines.join("\n"));
}
