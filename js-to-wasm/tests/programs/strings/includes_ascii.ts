// String: includes, ASCII text
function handler(): Response {
  const lines = [
    JSON.stringify("hello world".includes("lo w")),
    JSON.stringify("hello world".includes("世界")),
    JSON.stringify("hello world".includes("h", 1)),
    JSON.stringify("hello world".includes("")),
    JSON.stringify("hello world".includes("😀")),
  ];
  return Response.text(lines.join("\n"));
}
