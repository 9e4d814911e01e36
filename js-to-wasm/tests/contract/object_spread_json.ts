// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const given: Record<string, string> = req.json();
  const o: Record<string, string> = { name: "A", ...given };
  const v = env(o.name ?? "") ?? "";
  return Response.text(`${v}`);
}
