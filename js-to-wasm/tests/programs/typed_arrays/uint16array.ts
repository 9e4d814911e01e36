// Uint16Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Uint16Array([65535, 65536, -1]))),
    JSON.stringify(Array.from(Uint16Array(3))),
    JSON.stringify(Uint16Array([65535, 65536, -1]).length),
    JSON.stringify(Uint16Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Uint16Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
