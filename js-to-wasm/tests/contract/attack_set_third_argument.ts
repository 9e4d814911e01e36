// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = Set(["A"]);
  Set([1]).forEach(() => { names.add(req.path); });
  return Response.json(env([...names][1] ?? "A") ?? "");
}
