// {"env": ["*"]}
import { env } from "purview:env";
function poison(o: { name: string }, s: string): void { o.name = s; }
export function handler(req: Request): Response {
  const o = { name: "A" };
  poison(o, req.path);
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
