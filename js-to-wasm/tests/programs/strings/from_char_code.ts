// String.fromCharCode
function handler(): Response {
  const lines = [
    JSON.stringify(String.fromCharCode(65, 66, 67)),
    JSON.stringify(String.fromCharCode(0xd83d, 0xde00)),
    JSON.stringify(String.fromCharCode()),
    JSON.stringify(String.fromCharCode(228).length),
  ];
  return Response.text(lines.join("\n"));
}
