// request: {"url":"/?from=2026-01-01T00:00:00.000Z&to=2026-01-03T00:00:00.000Z"}
import { parseIso, formatIso } from "purview:time";
type Range = { from: number; to: number };
const DAY = 24 * 60 * 60 * 1000;
const overlaps = (a: Range, b: Range): boolean => a.from < b.to && b.from < a.to;
function merge(ranges: Range[]): Range[] {
  const sorted = [...ranges].sort((a, b) => a.from - b.from);
  const merged: Range[] = [];
  for (const span of sorted) {
    const last = merged[merged.length - 1];
    if (last !== undefined && overlaps(last, { from: span.from, to: span.to + 1 })) {
      last.to = Math.max(last.to, span.to);
    } else {
      merged.push({ ...span });
    }
  }
  return merged;
}
export function handler(req: Request): Response {
  const from = parseIso(req.query.from ?? "");
  const to = parseIso(req.query.to ?? "");
  if (from === undefined || to === undefined) {
    return Response.json({ error: "from and to are ISO dates" }, { status: 400 });
  }
  const ranges = merge([{ from, to }, { from: from + DAY, to: to + 2 * DAY }]);
  return Response.json(ranges.map(({ from: start, to: end }) => ({ from: formatIso(start), days: (end - start) / DAY })));
}
