// Compound assignment
function handler(): Response {
  const log: number[] = [];
  let n = 10;
  n += 5;
  log.push(n);
  n -= 3;
  log.push(n);
  n *= 2;
  log.push(n);
  n /= 4;
  log.push(n);
  n %= 4;
  log.push(n);
  n **= 3;
  log.push(n);
  n &= 12;
  log.push(n);
  n |= 3;
  log.push(n);
  n ^= 5;
  log.push(n);
  n <<= 3;
  log.push(n);
  n >>= 1;
  log.push(n);
  n = -n;
  n >>>= 4;
  log.push(n);
  const lines = [
    JSON.stringify(log),
  ];
  return Response.text(lines.join("\n"));
}
