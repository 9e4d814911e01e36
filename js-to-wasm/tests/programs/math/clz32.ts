// Math.clz32
function handler(): Response {
  const lines = [
    JSON.stringify(Math.clz32(1)),
    JSON.stringify(Math.clz32(0)),
    JSON.stringify(Math.clz32(-1)),
    JSON.stringify(Math.clz32(0.5)),
    JSON.stringify(Math.clz32(4294967296)),
  ];
  return Response.text(lines.join("\n"));
}
