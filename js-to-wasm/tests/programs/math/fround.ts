// Math.fround
function handler(): Response {
  const lines = [
    JSON.stringify(Math.fround(5.5)),
    JSON.stringify(Math.fround(5.05)),
    `${Math.fround(1e40)}`,
    JSON.stringify(Math.fround(1.1)),
  ];
  return Response.text(lines.join("\n"));
}
