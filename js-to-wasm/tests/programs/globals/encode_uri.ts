// encodeURI and decodeURI
function handler(): Response {
  const lines = [
    JSON.stringify(encodeURI("http://a/ü ?x=1&y#z")),
    JSON.stringify(decodeURI("%20%26%3F")),
    JSON.stringify(encodeURI("[]")),
  ];
  return Response.text(lines.join("\n"));
}
