// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const one = { name: "A" };
  const other = { inner: one };
  other.inner.name = req.path;
  return Response.json(env(one.name) ?? "");
}
