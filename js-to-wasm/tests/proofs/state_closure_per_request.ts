// {"proven": ["state_isolated"]}
const make = (): (() => number) => { let n = 0; return () => { n = n + 1; return n; }; };
export function handler(req: Request): Response {
  const next = make();
  return Response.text(`${next()}`);
}
