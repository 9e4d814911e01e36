// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  let name = "A";
  [1].forEach(() => { name = req.path; });
  return Response.json(env(name) ?? "");
}
