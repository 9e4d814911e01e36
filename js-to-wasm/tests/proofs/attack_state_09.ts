// {"refused": "JS238", "open": {"state_isolated": ""}}
const shared: string[] = [];
const m2 = (...lists: string[][]): void => lists.forEach((one) => one.fill("a"));
export function handler(req: Request): Response {
  const box = { inner: { list: shared } };
  const copy = { ...box };
  copy.inner.list.push("a");
  return Response.json(shared.length);
}
