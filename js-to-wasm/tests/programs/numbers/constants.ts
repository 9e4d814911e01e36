// Constants of Number
function handler(): Response {
  const lines = [
    JSON.stringify(Number.MAX_SAFE_INTEGER),
    JSON.stringify(Number.MIN_SAFE_INTEGER),
    JSON.stringify(Number.EPSILON),
    JSON.stringify(Number.MAX_VALUE),
    JSON.stringify(Number.MIN_VALUE),
    `${Number.POSITIVE_INFINITY}`,
    `${Number.NEGATIVE_INFINITY}`,
    `${Number.NaN}`,
  ];
  return Response.text(lines.join("\n"));
}
