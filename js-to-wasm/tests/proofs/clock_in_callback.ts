// {"open": {"deterministic": "reads the clock"}}
export function handler(req: Request): Response {
  return Response.text([1].map(() => Date.now()).join(""));
}
