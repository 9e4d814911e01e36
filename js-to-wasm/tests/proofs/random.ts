// {"proven": ["read_only"], "open": {"deterministic": "takes random bytes"}}
export function handler(req: Request): Response {
  return Response.text(`${Math.random()}`);
}
