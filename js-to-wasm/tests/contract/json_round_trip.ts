// {"env": ["*"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const o: { name: string } = JSON.parse(JSON.stringify({ name: "A" }));
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
