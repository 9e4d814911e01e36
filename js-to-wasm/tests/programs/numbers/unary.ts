// Unary operators
function handler(): Response {
  const lines = [
    JSON.stringify(-5),
    JSON.stringify(+5),
    JSON.stringify(-(-5)),
    JSON.stringify(~0),
    JSON.stringify(!true),
    JSON.stringify(- - 1),
    JSON.stringify(+1.5),
  ];
  return Response.text(lines.join("\n"));
}
