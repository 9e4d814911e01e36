// {"open": {"deterministic": ""}}
const tools = { now: Date.now };
export function handler(req: Request): Response {
  return Response.json(tools.now());
}
