// {"proven": ["read_only", "stateless", "retry_safe"], "open": {"pure": "reads the clock", "deterministic": "handler (clock.ts:3:8) \u2192 stamp (clock.ts:4:27) \u2192 reads the clock (clock.ts:2:29)", "idempotent": "reads the clock"}}
const stamp = (): number => Date.now();
export function handler(req: Request): Response {
  return Response.text(`${stamp()}`);
}
