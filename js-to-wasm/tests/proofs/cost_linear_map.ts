// {"proven": ["cost_bounded"], "cost": "linear"}
export function handler(req: Request): Response {
  return Response.text(req.path.split("/").map((c) => c.toUpperCase()).join("/"));
}
