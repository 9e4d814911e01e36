// Int8Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Int8Array([127, 128, -129, 1.9]))),
    JSON.stringify(Array.from(Int8Array(3))),
    JSON.stringify(Int8Array([127, 128, -129, 1.9]).length),
    JSON.stringify(Int8Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Int8Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
