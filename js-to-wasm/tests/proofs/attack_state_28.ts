// {"refused": "JS238", "open": {"state_isolated": ""}}
const bytes = Uint8Array(2);
export function handler(req: Request): Response {
  bytes.fill(1);
  return Response.json(bytes[0] ?? 0);
}
