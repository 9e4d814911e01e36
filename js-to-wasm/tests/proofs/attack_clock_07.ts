// {"open": {"deterministic": ""}}
const clocks = Map<string, () => number>([["a", Date.now]]);
export function handler(req: Request): Response {
  return Response.json(clocks.get("a")?.() ?? 0);
}
