// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = ["A"];
  list.forEach((_, index, all) => { all[index] = req.path; });
  return Response.json(env(list[0] ?? "A") ?? "");
}
