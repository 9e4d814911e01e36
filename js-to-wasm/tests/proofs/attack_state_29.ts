// {"refused": "JS238", "open": {"state_isolated": ""}}
const base = Headers({ a: "b" });
export function handler(req: Request): Response {
  base.set("a", req.path);
  return Response.json(base.get("a") ?? "");
}
