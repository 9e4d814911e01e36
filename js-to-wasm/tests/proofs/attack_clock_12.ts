// {"open": {"deterministic": ""}}
const sorted = (list: number[]) => list.toSorted(() => Math.random() - 0.5);
export function handler(req: Request): Response {
  return Response.json(sorted([1, 2]));
}
