// Keys beyond ASCII
function handler(): Response {
  const lines = [
    JSON.stringify(JSON.parse("{\"ключ\":1,\"\\u00fc\":2}")),
    JSON.stringify(Object.keys(JSON.parse("{\"世\":1}"))),
  ];
  return Response.text(lines.join("\n"));
}
