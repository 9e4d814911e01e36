// {"open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const r = Result.ok<string[], string>(shared);
  r.unwrapOr([]).push("x");
  return Response.json(shared.length);
}
