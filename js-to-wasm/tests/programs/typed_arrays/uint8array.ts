// Uint8Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Uint8Array([255, 256, -1, 1.9]))),
    JSON.stringify(Array.from(Uint8Array(3))),
    JSON.stringify(Uint8Array([255, 256, -1, 1.9]).length),
    JSON.stringify(Uint8Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Uint8Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
