// {"env": ["A", "B"]}
import { env } from "purview:env";
export function handler(req: Request): Response {
  const base = { name: "A" };
  const o = { ...base, ...{ name: "B" } };
  const v = env(o.name) ?? "";
  return Response.text(`${v}`);
}
