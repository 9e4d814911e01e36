// {"refused": "JS238", "open": {"state_isolated": "add (state_aliased.ts:6:27) \u2192 writes to what outlives the request (state_aliased.ts:3:38)"}}
const list: number[] = [];
const add = (l: number[]): number => l.push(1);
export function handler(req: Request): Response {
  const same = list;
  return Response.text(`${add(same)}`);
}
