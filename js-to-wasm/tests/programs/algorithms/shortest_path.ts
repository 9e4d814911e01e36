// Shortest path
const edges: Record<string, string[]> = { a: ["b", "c"], b: ["d"], c: ["d"], d: ["e"], e: [] };
const path = (from: string, to: string): string[] => {
  const seen = Set([from]);
  const queue: string[][] = [[from]];
  for (const route of queue) {
    const last = route.at(-1) ?? "";
    if (last === to) {
      return route;
    }
    for (const next of edges[last] ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        queue.push([...route, next]);
      }
    }
  }
  return [];
};
function handler(): Response {
  const lines = [
    JSON.stringify(path("a", "e")),
    JSON.stringify(path("a", "z")),
  ];
  return Response.text(lines.join("\n"));
}
