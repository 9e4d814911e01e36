// Bit operations
function handler(): Response {
  const lines = [
    JSON.stringify(5 & 3),
    JSON.stringify(5 | 3),
    JSON.stringify(5 ^ 3),
    JSON.stringify(~5),
    JSON.stringify(~-1),
    JSON.stringify(1 << 4),
    JSON.stringify(-8 >> 1),
    JSON.stringify(-8 >>> 28),
    JSON.stringify(1 << 31),
    JSON.stringify(1 << 32),
    JSON.stringify(2 ** 32 | 0),
    JSON.stringify(2 ** 31 | 0),
    JSON.stringify(-1 >>> 0),
    JSON.stringify(1.9 | 0),
    JSON.stringify(-1.9 | 0),
    JSON.stringify(NaN | 0),
    JSON.stringify(4294967297 & 3),
    JSON.stringify(1e20 | 0),
  ];
  return Response.text(lines.join("\n"));
}
