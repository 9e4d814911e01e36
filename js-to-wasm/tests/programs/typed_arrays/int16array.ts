// Int16Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Int16Array([32767, 32768, -32769]))),
    JSON.stringify(Array.from(Int16Array(3))),
    JSON.stringify(Int16Array([32767, 32768, -32769]).length),
    JSON.stringify(Int16Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Int16Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
