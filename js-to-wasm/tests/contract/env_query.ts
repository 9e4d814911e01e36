// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const v = env(req.query.name ?? "A") ?? "";
  return Response.text(`${v}`);
}
