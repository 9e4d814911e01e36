// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: Record<string, string> = { name: "A" };
  o[req.path] = req.url;
  const v = env(o.name ?? "") ?? "";
  return Response.text(`${v}`);
}
