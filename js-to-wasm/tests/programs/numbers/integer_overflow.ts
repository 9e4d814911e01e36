// Beyond 32 and 53 bits
function handler(): Response {
  const lines = [
    JSON.stringify(2147483647 + 1),
    JSON.stringify(-2147483648 - 1),
    JSON.stringify(65536 * 65536),
    JSON.stringify(9007199254740991 + 2),
    JSON.stringify(4294967295 * 4294967295),
    JSON.stringify(1073741824 * 4),
    JSON.stringify(46341 * 46341),
  ];
  return Response.text(lines.join("\n"));
}
