// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const name = req.query.n ?? "";
  return Response.json((name === "A" || name === "B" ? env(name) : undefined) ?? "");
}
