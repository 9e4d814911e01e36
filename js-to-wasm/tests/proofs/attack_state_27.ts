// {"refused": "JS238", "open": {"state_isolated": ""}}
const bytes = Uint8Array(2);
export function handler(req: Request): Response {
  bytes[0] = 1;
  return Response.json(bytes[0] ?? 0);
}
