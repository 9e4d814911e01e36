// {"open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  ["a"].reduce((all, one) => { all.push(one); return all; }, shared);
  return Response.json(shared.length);
}
