// {"open": {"deterministic": ""}}
const call = <T,>(f: () => T): T => f();
export function handler(req: Request): Response {
  return Response.json(call(Math.random));
}
