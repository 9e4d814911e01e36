// {"proven": ["state_isolated"]}
const m = Map();
m.set("a", 1);
export function handler(req: Request): Response {
  return Response.text(`${m.get("a")}`);
}
