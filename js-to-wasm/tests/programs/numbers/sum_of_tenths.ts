// Rounding adds up
function handler(): Response {
  let sum = 0;
  for (const _ of range(10)) {
    sum += 0.1;
  }
  const lines = [
    JSON.stringify(sum),
    JSON.stringify(sum === 1),
    JSON.stringify(Math.abs(sum - 1) < Number.EPSILON),
  ];
  return Response.text(lines.join("\n"));
}
