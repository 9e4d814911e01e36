// {"open": {"cost_bounded": ""}}
export function handler(req: Request): Response {
  return Response.json(req.path.split("").flatMap((a) => req.path.split("").filter((b) => a === b)));
}
