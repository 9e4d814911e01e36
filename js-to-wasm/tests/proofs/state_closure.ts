// {"open": {"state_isolated": "writes to what outlives the request"}}
const make = (): (() => number) => { let n = 0; return () => { n = n + 1; return n; }; };
const next = make();
export function handler(req: Request): Response {
  return Response.text(`${next()}`);
}
