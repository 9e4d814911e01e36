// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const names = Map([["k", "A"]]);
  names.forEach((_, key, all) => { all.set(key, req.path); });
  return Response.json(env(names.get("k") ?? "A") ?? "");
}
