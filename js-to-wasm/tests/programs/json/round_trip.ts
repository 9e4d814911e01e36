// Parsing what was written gives the same text
function handler(): Response {
  const texts = ["{\"a\":[1,2.5,\"x\",true,null,{}],\"b\":{\"c\":[]}}", "[]", "\"\\u0007\"", "-1e-7", "[[[[1]]]]"];
  const lines = [
    JSON.stringify(texts.map((text) => JSON.stringify(JSON.parse(text)) === text)),
  ];
  return Response.text(lines.join("\n"));
}
