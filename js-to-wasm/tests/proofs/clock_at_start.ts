// {"proven": ["read_only"], "open": {"deterministic": "the top level of a module"}}
const started = Date.now();
export function handler(req: Request): Response {
  return Response.text(`${started}`);
}
