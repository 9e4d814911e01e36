// {"refused": "JS238", "open": {"state_isolated": ""}}
const store = (() => { const list: number[] = []; return { add: (n: number) => list.push(n) }; })();
export function handler(req: Request): Response {
  return Response.json(store.add(1));
}
