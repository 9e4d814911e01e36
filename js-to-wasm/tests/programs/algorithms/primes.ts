// A sieve
const primes = (limit: number): number[] => {
  const out: number[] = [];
  const crossed = Uint8Array(limit + 1);
  for (const n of range(2, limit + 1)) {
    if (crossed[n] === 1) {
      continue;
    }
    out.push(n);
    for (const m of range(n * n, limit + 1, n)) {
      crossed[m] = 1;
    }
  }
  return out;
};
function handler(): Response {
  const lines = [
    JSON.stringify(primes(100)),
    JSON.stringify(primes(1)),
  ];
  return Response.text(lines.join("\n"));
}
