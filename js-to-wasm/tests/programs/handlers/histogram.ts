// request: {"url": "/?values=1,5,5,9,12,x&width=5"}
const numbers = (text: string): number[] => text.split(",").map(Number).filter((n) => !Number.isNaN(n));
const summary = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const sum = sorted.reduce((a, b) => a + b, 0);
  const mean = sorted.length === 0 ? 0 : sum / sorted.length;
  const variance = sorted.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(1, sorted.length);
  const quantile = (q: number): number | undefined => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  return { count: sorted.length, mean, deviation: Math.sqrt(variance), median: quantile(0.5), p95: quantile(0.95), min: sorted[0], max: sorted.at(-1) };
};
function buckets(values: number[], width: number): Map<number, number> {
  const counts = Map<number, number>();
  for (const value of values) {
    const start = Math.floor(value / width) * width;
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return counts;
}
export function handler(req: Request): Response {
  const values = numbers(req.query.values ?? "");
  const width = Number(req.query.width ?? "10");
  if (!(width > 0)) {
    return Response.json({ error: "width" }, { status: 400 });
  }
  const bars = [...buckets(values, width)].toSorted(([a], [b]) => a - b).map(([start, count]) => `${start}-${start + width - 1} ${"#".repeat(count)}`);
  const { median = 0, ...others } = summary(values);
  return Response.json({ bars, median, mean: others.mean, p95: others.p95 ?? "none" });
}
