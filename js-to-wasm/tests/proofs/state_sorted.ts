// {"refused": "JS238", "open": {"state_isolated": "writes to what outlives the request"}}
const list = [3, 1];
const pick = (): number[] => list;
export function handler(req: Request): Response {
  return Response.text(pick().sort((a, b) => a - b).join(""));
}
