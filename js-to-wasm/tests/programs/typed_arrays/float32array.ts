// Float32Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Float32Array([1.1, 1e40, -0.5]))),
    JSON.stringify(Array.from(Float32Array(3))),
    JSON.stringify(Float32Array([1.1, 1e40, -0.5]).length),
    JSON.stringify(Float32Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Float32Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
