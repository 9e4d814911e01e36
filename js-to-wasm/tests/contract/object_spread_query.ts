// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: Record<string, string | undefined> = { name: "A", ...req.query };
  const v = env(o.name ?? "") ?? "";
  return Response.text(`${v}`);
}
