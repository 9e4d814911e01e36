// {"proven": ["state_isolated"]}
const base = { n: 1 };
export function handler(req: Request): Response {
  const own = { ...base };
  own.n = 2;
  return Response.text(`${own.n}`);
}
