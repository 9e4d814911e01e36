// Float64Array: what it stores
function handler(): Response {
  const lines = [
    JSON.stringify(Array.from(Float64Array([1.1, 1e300, NaN]))),
    JSON.stringify(Array.from(Float64Array(3))),
    JSON.stringify(Float64Array([1.1, 1e300, NaN]).length),
    JSON.stringify(Float64Array.BYTES_PER_ELEMENT),
    JSON.stringify(Array.from(Float64Array.of(1, 2))),
  ];
  return Response.text(lines.join("\n"));
}
