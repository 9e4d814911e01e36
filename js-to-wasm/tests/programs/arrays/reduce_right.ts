// Array: reduce_right
function handler(): Response {
  const lines = [
    JSON.stringify(["a", "b", "c"].reduceRight((text, s) => text + s, "")),
    JSON.stringify([1, 2, 3].reduceRight((left, x) => left - x)),
  ];
  return Response.text(lines.join("\n"));
}
