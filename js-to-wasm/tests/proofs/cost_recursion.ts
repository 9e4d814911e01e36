// {"open": {"cost_bounded": "calls itself"}, "cost": "unbounded"}
function count(n: number): number { if (n <= 0) { return 0; } return count(n - 1); }
export function handler(req: Request): Response {
  return Response.text(`${count(3)}`);
}
