// Run lengths
const pack = (text: string): [string, number][] => {
  const out: [string, number][] = [];
  for (const c of text) {
    const last = out.at(-1);
    if (last !== undefined && last[0] === c) {
      last[1] += 1;
    } else {
      out.push([c, 1]);
    }
  }
  return out;
};
const unpack = (runs: [string, number][]): string => runs.map(([c, n]) => c.repeat(n)).join("");
function handler(): Response {
  const lines = [
    JSON.stringify(pack("aaabccdddd")),
    JSON.stringify(unpack(pack("aaabccdddd"))),
    JSON.stringify(pack("")),
  ];
  return Response.text(lines.join("\n"));
}
