// {"open": {"cost_bounded": "calls itself"}, "cost": "unbounded"}
const even = (n: number): boolean => n === 0 ? true : odd(n - 1);
const odd = (n: number): boolean => n === 0 ? false : even(n - 1);
export function handler(req: Request): Response {
  return Response.text(`${even(3)}`);
}
