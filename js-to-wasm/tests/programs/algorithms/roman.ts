// Roman numerals
const table: [number, string][] = [[1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"], [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"]];
const roman = (n: number): string => {
  let rest = n;
  let out = "";
  for (const [value, sign] of table) {
    const times = Math.floor(rest / value);
    out += sign.repeat(times);
    rest -= times * value;
  }
  return out;
};
function handler(): Response {
  const lines = [
    JSON.stringify([1, 4, 9, 14, 40, 90, 1994, 2026].map(roman)),
  ];
  return Response.text(lines.join("\n"));
}
