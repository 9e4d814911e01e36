// Typed arrays: their sizes in bytes
function handler(): Response {
  const lines = [
    JSON.stringify([Uint8Array(3).byteLength, Int16Array(3).byteLength, Float32Array(3).byteLength, Float64Array([1, 2]).byteLength]),
    JSON.stringify([Uint8Array(1).BYTES_PER_ELEMENT, Uint32Array(1).BYTES_PER_ELEMENT, Float64Array.BYTES_PER_ELEMENT]),
    JSON.stringify([Uint8Array(4).subarray(1, 3).byteLength, Uint8Array(4).byteOffset]),
    JSON.stringify({ byteLength: "a", n: { byteLength: 1 }.byteLength }),
  ];
  return Response.text(lines.join("\n"));
}
