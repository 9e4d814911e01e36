// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = ["A"].toSpliced(0, 1, req.path);
  return Response.json(env(list[0] ?? "A") ?? "");
}
