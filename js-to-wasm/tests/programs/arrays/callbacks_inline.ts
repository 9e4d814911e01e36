// Array: callbacks that change what is around them, leave early, nest, make functions
const TABLE = [3, 1, 4, 1, 5, 9, 2, 6];

function firstOver(limit: number): number | undefined {
  return TABLE.find((n) => {
    if (n > limit) {
      return true;
    }
    for (const skip of [1, 2]) {
      if (n === skip) {
        return false;
      }
    }
    return n === limit;
  });
}

function handler(): Response {
  let sum = 0;
  TABLE.forEach((n, index, all) => {
    sum = sum + n * index + all.length;
  });
  const makers = TABLE.map((n) => {
    let count = n;
    return () => {
      count = count + 1;
      return count;
    };
  });
  const growing = [1, 2, 3];
  const doubled = growing.map((n) => {
    growing.push(n * 10);
    return n * 2;
  });
  const grid = [1, 2, 3].flatMap((row) => [1, 2].map((column) => row * column));
  const words = "the quick brown fox".split(" ");
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), "");
  const counts = words.reduce((seen: Record<string, number>, word) => ({ ...seen, [word]: word.length }), {});
  const reassigned = [1, 2, 3].filter((n) => {
    let odd = n % 2 === 1;
    odd = !odd;
    return odd;
  });
  const typed = Uint8Array([1, 2, 200]).map((n) => n * 2);
  const lines = [
    JSON.stringify(sum),
    JSON.stringify(makers.map((make) => make() + make())),
    JSON.stringify([growing.length, doubled]),
    JSON.stringify(grid),
    JSON.stringify([longest, counts]),
    JSON.stringify(reassigned),
    JSON.stringify([typed[0], typed[1], typed[2], typed.length]),
    JSON.stringify([firstOver(4), firstOver(100) ?? "none", firstOver(1)]),
    JSON.stringify([TABLE.some((n) => n > 8), TABLE.every((n) => n > 0), TABLE.findIndex((n) => n === 9)]),
    JSON.stringify([[1, [2]], 3].flatMap((item) => item)),
    JSON.stringify([1, 2].map(() => undefined)),
    JSON.stringify([].map((n) => n)),
    JSON.stringify({ inner: TABLE.filter((n, index) => index % 2 === 0), nothing: firstOver(100), list: [firstOver(100), { a: 1, b: firstOver(100) }] }),
  ];
  return Response.text(lines.join("\n"));
}
