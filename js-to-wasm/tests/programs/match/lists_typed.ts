// match over tuples
type Shape = { kind: "circle"; at: [number, number]; r: number } | { kind: "line"; from: [number, number]; to: [number, number] };
const both = (pair: [boolean, boolean]): string => match (pair) { when [true, true]: "both" when [false, false]: "none" default: "one" };
const length = (list: [string] | [string, number]): string => match (list) { when [_]: `only ${list[0]}` when ["x", 1]: "x1" default: `pair ${list[0]}` };
const shape = (s: Shape): string => match (s) { when { kind: "circle", at: [0, 0] }: `middle ${s.r}` when { kind: "circle" }: "circle" when { from: [0, _] }: "from 0" when { kind: "line" }: `to ${s.to.join()}` };
function handler(): Response {
  let reads = 0;
  const next = (): number[] => {
    reads = reads + 1;
    return [reads, reads * 2];
  };
  const once = match (next()) { when [2, _]: "two" when [1, 3]: "three" when [1, 2]: "one" default: "none" };
  const lines = [
    JSON.stringify([both([true, true]), both([true, false]), both([false, false])]),
    JSON.stringify([length(["a"]), length(["x", 1]), length(["x", 2])]),
    JSON.stringify([
      shape({ kind: "circle", at: [0, 0], r: 3 }),
      shape({ kind: "circle", at: [0, 1], r: 3 }),
      shape({ kind: "line", from: [0, 9], to: [1, 2] }),
      shape({ kind: "line", from: [1, 9], to: [1, 2] }),
    ]),
    `${once} ${reads}`,
  ];
  return Response.text(lines.join("\n"));
}
