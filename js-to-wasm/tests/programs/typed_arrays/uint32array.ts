// Uint32Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Uint32Array([4294967295, 4294967296, -1]))),
    JSON.stringify(Array.from(Uint32Array(3))),
    JSON.stringify(Uint32Array([4294967295, 4294967296, -1]).length),
    JSON.stringify(Uint32Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Uint32Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
