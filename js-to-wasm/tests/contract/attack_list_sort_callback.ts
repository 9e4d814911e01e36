// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const list = ["A", "B"].toSorted(() => (env(req.path) === undefined ? 1 : -1));
  return Response.json(list);
}
