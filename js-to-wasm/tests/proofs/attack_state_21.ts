// {"refused": "JS238", "open": {"state_isolated": ""}}
const counts = Map<string, number>();
export function handler(req: Request): Response {
  counts.set("a", 1);
  return Response.json(counts.size);
}
