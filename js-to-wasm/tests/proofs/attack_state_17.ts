// {"open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const f = shared.concat;
  [...[shared]][0]?.push("x");
  return Response.json(shared.length);
}
