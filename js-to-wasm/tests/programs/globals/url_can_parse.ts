// URL.canParse
function handler(): Response {
  const lines = [
    JSON.stringify(URL.canParse("https://a")),
    JSON.stringify(URL.canParse("a")),
    JSON.stringify(URL.canParse("b", "https://a")),
  ];
  return Response.text(lines.join("\n"));
}
