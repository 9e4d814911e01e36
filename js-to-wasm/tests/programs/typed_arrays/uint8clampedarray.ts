// Uint8ClampedArray: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Uint8ClampedArray([255, 256, -1, 1.5, 2.5]))),
    JSON.stringify(Array.from(Uint8ClampedArray(3))),
    JSON.stringify(Uint8ClampedArray([255, 256, -1, 1.5, 2.5]).length),
    JSON.stringify(Uint8ClampedArray.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Uint8ClampedArray.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
