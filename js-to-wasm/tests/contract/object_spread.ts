// {"env": ["A"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const base = { name: "A" };
  const o = { ...base, x: 1 };
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
