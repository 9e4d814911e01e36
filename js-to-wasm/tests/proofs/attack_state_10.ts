// {"open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const add = (list = shared) => { list.push("a"); };
  add();
  return Response.json(shared.length);
}
