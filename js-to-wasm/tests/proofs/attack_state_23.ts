// {"open": {"state_isolated": ""}}
const make = () => { let n = 0; return () => { n = n + 1; return n; }; };
const next = make();
export function handler(req: Request): Response {
  return Response.json(next());
}
