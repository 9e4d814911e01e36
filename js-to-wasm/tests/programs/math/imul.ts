// Math.imul
function handler(): Response {
  const lines = [
    JSON.stringify(Math.imul(3, 4)),
    JSON.stringify(Math.imul(-5, 12)),
    JSON.stringify(Math.imul(0xffffffff, 5)),
    JSON.stringify(Math.imul(65536, 65536)),
  ];
  return Response.text(lines.join("\n"));
}
