// {"refused": "JS238", "open": {"state_isolated": ""}}
const seen = Set<string>();
export function handler(req: Request): Response {
  seen.add("a");
  return Response.json(seen.size);
}
