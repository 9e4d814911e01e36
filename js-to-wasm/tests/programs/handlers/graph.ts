type Graph = Readonly<Record<string, readonly string[]>>;
type Visit = { order: string[]; seen: Set<string> };
const GRAPH: Graph = { app: ["db", "http"], http: ["log"], db: ["log", "pool"], pool: ["log"], log: [] };
function visit(graph: Graph, node: string, state: Visit, path: readonly string[]): Result<Visit, string> {
  if (path.includes(node)) return Result.err(`cycle: ${[...path, node].join(" -> ")}`);
  if (state.seen.has(node)) return Result.ok(state);
  state.seen.add(node);
  for (const next of graph[node] ?? []) {
    const visited = visit(graph, next, state, [...path, node]);
    if (visited.isErr()) return visited;
  }
  state.order.push(node);
  return Result.ok(state);
}
const sort = (graph: Graph): Result<string[], string> => {
  const state: Visit = { order: [], seen: Set() };
  for (const node of Object.keys(graph)) {
    const visited = visit(graph, node, state, []);
    if (!visited.isOk()) return Result.err(visited.error);
  }
  return Result.ok(state.order);
};
export function handler(req: Request): Response {
  const cyclic: Graph = { a: ["b"], b: ["a"] };
  const [good, bad] = [sort(GRAPH), sort(cyclic)];
  return Response.json({ order: good.unwrapOr([]), error: bad.isErr() ? bad.unwrapErr() : "none" });
}
