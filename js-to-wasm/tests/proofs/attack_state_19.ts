// {"refused": "JS238", "open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const list = match (req.path) { when "/": shared default: [] };
  list.push("x");
  return Response.json(shared.length);
}
