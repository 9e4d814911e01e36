// request: {"url": "/?a=kitten&b=sitting"}
type Change = { op: "keep" | "add" | "remove"; text: string };
function lengths(a: string[], b: string[]): number[][] {
  const table: number[][] = range(a.length + 1).map(() => range(b.length + 1).map(() => 0));
  for (const i of range(a.length)) {
    for (const j of range(b.length)) {
      const row = table[i + 1];
      if (row === undefined) continue;
      row[j + 1] = a[i] === b[j] ? (table[i]?.[j] ?? 0) + 1 : Math.max(table[i]?.[j + 1] ?? 0, row[j] ?? 0);
    }
  }
  return table;
}
function diff(a: string[], b: string[]): Change[] {
  const table = lengths(a, b);
  const back = (i: number, j: number): Change[] => {
    const left = a[i - 1];
    const right = b[j - 1];
    if (left !== undefined && left === right) return [...back(i - 1, j - 1), { op: "keep", text: left }];
    if (right !== undefined && (left === undefined || (table[i]?.[j - 1] ?? 0) >= (table[i - 1]?.[j] ?? 0))) {
      return [...back(i, j - 1), { op: "add", text: right }];
    }
    return left === undefined ? [] : [...back(i - 1, j), { op: "remove", text: left }];
  };
  return back(a.length, b.length);
}
export function handler({ query }: Request): Response {
  const { a = "", b = "" } = query;
  const changes = diff(a.split(""), b.split(""));
  const signs: Record<Change["op"], string> = { keep: " ", add: "+", remove: "-" };
  return Response.text(changes.map(({ op, text }) => `${signs[op]}${text}`).join("\n"));
}
