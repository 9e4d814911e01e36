// fill, set, sort, subarray
function handler(): Response {
  const a = Int16Array(5);
  a.fill(3);
  a.set([1, 2], 2);
  const lines = [
    JSON.stringify(Array.from(a)),
    JSON.stringify(Array.from(Float64Array([10, 9, 1]).sort())),
    JSON.stringify(Array.from(a.subarray(1, 3))),
  ];
  return Response.text(lines.join("\n"));
}
