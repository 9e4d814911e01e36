// {"open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const m = Map([["a", shared]]);
  m.get("a")?.push("b");
  return Response.json(shared.length);
}
