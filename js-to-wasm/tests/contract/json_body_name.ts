// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: { name: string } = req.json();
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
