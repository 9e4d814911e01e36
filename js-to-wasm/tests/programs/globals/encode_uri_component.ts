// encodeURIComponent
function handler(): Response {
  const lines = [
    JSON.stringify(encodeURIComponent("a b&c=d/é😀")),
    JSON.stringify(encodeURIComponent("-_.!~*'()")),
    JSON.stringify(encodeURIComponent("")),
    JSON.stringify(encodeURIComponent("%")),
  ];
  return Response.text(lines.join("\n"));
}
