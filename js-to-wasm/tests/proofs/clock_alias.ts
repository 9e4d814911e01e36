// {"open": {"deterministic": "reads the clock"}}
const now = Date.now;
export function handler(req: Request): Response {
  return Response.text(`${now()}`);
}
