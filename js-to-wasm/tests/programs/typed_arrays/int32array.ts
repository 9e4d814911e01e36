// Int32Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Int32Array([2147483647, 2147483648, -1.9]))),
    JSON.stringify(Array.from(Int32Array(3))),
    JSON.stringify(Int32Array([2147483647, 2147483648, -1.9]).length),
    JSON.stringify(Int32Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Int32Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
