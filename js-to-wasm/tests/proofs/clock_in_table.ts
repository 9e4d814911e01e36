// {"open": {"deterministic": "reads the clock"}}
const table = { time: (): number => Date.now() };
export function handler(req: Request): Response {
  return Response.text(`${table.time()}`);
}
